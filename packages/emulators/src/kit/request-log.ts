/** One request in the log of an emulator. `status` is 0 while it is open, and stays 0 when it got no answer. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  status: number;
  tokens: number;
  readonly atMs: number;
  /** The fault that was injected, or null. */
  readonly fault: string | null;
}

/** A logged request as the control plane shows it. */
export interface LogLine {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly tokens: number;
  readonly at: string;
  readonly fault?: string;
}

/** Every request that reached the emulator, oldest first. Control calls are not in it. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  readonly #paths = new Map<string, string>();

  /** Opens an entry; its status and tokens are filled in when the answer is known. */
  open(method: string, path: string, atMs: number, fault: string | null): LoggedRequest {
    const entry: LoggedRequest = { method, path: this.#shared(path), status: 0, tokens: 0, atMs, fault };
    this.#entries.push(entry);
    return entry;
  }

  /** Empties the log. */
  clear(): void {
    this.#entries = [];
    this.#paths.clear();
  }

  /** The log as an array, oldest first. */
  lines(): LogLine[] {
    return this.#entries.map(({ method, path, status, tokens, atMs, fault }) => {
      const line = { method, path, status, tokens, at: new Date(atMs).toISOString() };
      return fault === null ? line : { ...line, fault };
    });
  }

  // A create comes a hundred thousand times with the same path: one string for all of them.
  #shared(path: string): string {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    if (this.#paths.size < 1_000) this.#paths.set(path, path);
    return path;
  }
}
