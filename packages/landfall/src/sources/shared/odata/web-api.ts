import { z } from 'zod';
import { MigrationError } from '../../../model/error.ts';
import { type Client, type Reply, replyNumber } from '../../../wire/client.ts';
import { hearParallelism, type Parallelism, startParallelism } from './parallelism.ts';

/** A row as it came: values by the names of their properties, annotations among them. Numbers are texts. */
export type Row = Readonly<Record<string, unknown>>;

/** Something to be read. */
export interface Question {
  /** Below the API's root (`accounts?$select=name`), or a link the service gave. */
  readonly path: string;
  /** Words of the `Prefer` header. */
  readonly prefer?: readonly string[];
  /** For an action that reads: its parameters, sent by POST. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What it is about, for people: `reading accounts`. */
  readonly what: string;
}

/** An answer: its content, or the code and words of a refusal. */
export interface Told {
  readonly ok: boolean;
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  /** The code of a refusal, in lower case (`0x80040220`); '' when there is none. */
  readonly code: string;
  readonly words: string;
}

/** A page of rows. */
export interface RowPage {
  readonly rows: readonly Row[];
  readonly nextLink: string | null;
  readonly deltaLink: string | null;
}

const pageShape = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});
const refusalShape = z.object({
  error: z.object({ code: z.string().default(''), message: z.string().default('') }),
});

const always = {
  accept: 'application/json',
  'odata-maxversion': '4.0',
  'odata-version': '4.0',
  // the literal word: it keeps expanded collections from being answered out of a cache (facts 1.1)
  'if-none-match': 'null',
};

/** Characters of a refusal's words that are kept. */
const mostWords = 400;

/** The service's recommendation of requests at once (facts 2). */
const hintHeader = 'x-ms-dop-hint';

/** The API of one organisation: asks no more at once than it bears. */
export class WebApi {
  readonly label: string;
  readonly #client: Client;
  readonly #origin: string;
  readonly #root: string;
  readonly #most: number | null;
  #parallelism: Parallelism;
  #throttled = 0;
  #underWay = 0;
  readonly #waiting: (() => void)[] = [];

  /** `root`: path of the API. `most`: requests at once that the settings allow; null: what the service recommends. */
  constructor(client: Client, label: string, origin: string, root: string, most: number | null) {
    this.#client = client;
    this.label = label;
    this.#origin = origin;
    this.#root = root;
    this.#most = most;
    this.#parallelism = startParallelism(most);
  }

  /** How many requests may be under way at once. */
  get parallel(): number {
    return this.#parallelism.limit;
  }

  /** Where the API is, for people. */
  get address(): string {
    return this.#origin + this.#root;
  }

  /** Asks once; a refusal is an answer too. Throws `MigrationError` when there is none that counts. */
  async ask(question: Question, signal: AbortSignal): Promise<Told> {
    const path = this.#pathOf(question);
    await this.#enter(signal);
    try {
      const reply = await this.#client.send(
        {
          method: question.parameters === undefined ? 'GET' : 'POST',
          path,
          effect: 'read',
          costTokens: 0,
          what: question.what,
          hearsRefusal: true,
          headers: { ...always, ...preferHeader(question) },
          ...(question.parameters === undefined ? {} : { body: question.parameters }),
        },
        signal,
      );
      this.#learn(reply);
      return this.#told(reply);
    } finally {
      this.#leave();
    }
  }

  /** The content of an answer. Throws `forbidden` or `refused` with the service's words when it refuses. */
  async get(question: Question, signal: AbortSignal): Promise<Told['json']> {
    const answer = await this.ask(question, signal);
    if (!answer.ok) throw this.refusal(question.what, answer);
    return answer.json;
  }

  /** A page of rows. Throws as `get`, and `answer-wrong` for another shape. */
  async page(question: Question, signal: AbortSignal): Promise<RowPage> {
    return this.pageOf(question.what, await this.get(question, signal));
  }

  /** Reads an answer as a page of rows. Throws `answer-wrong` when it is none. */
  pageOf(what: string, json: Told['json']): RowPage {
    const parsed = pageShape.safeParse(json);
    if (!parsed.success) throw this.wrong(what, 'the answer is no page of rows');
    const { value, '@odata.nextLink': next, '@odata.deltaLink': delta } = parsed.data;
    return { rows: value, nextLink: next ?? null, deltaLink: delta ?? null };
  }

  /** All rows of a short list. Throws as `page`. */
  async all(question: Question, signal: AbortSignal): Promise<Row[]> {
    const rows: Row[] = [];
    const seen = new Set<string>();
    for (let path: string | null = question.path; path !== null; ) {
      if (seen.has(path)) throw this.wrong(question.what, 'its next page is a page we had');
      seen.add(path);
      const page: RowPage = await this.page({ ...question, path }, signal);
      rows.push(...page.rows);
      path = page.nextLink;
    }
    return rows;
  }

  /** A refusal as an error for people. */
  refusal(what: string, { status, words, code }: Told): MigrationError {
    const told = words === '' ? `no reason given (${status})` : `${words} (${code === '' ? status : code})`;
    const message = `${this.label}, while ${what}: ${told}`;
    if (status === 403)
      return new MigrationError('forbidden', message, {
        hint: 'Give the application user a security role that may read this table, then run again.',
      });
    return new MigrationError('refused', message, { hint: 'Run it again; when it stays, report it.' });
  }

  /** The trouble of an answer that is not what the description promises. */
  wrong(what: string, because: string): MigrationError {
    return new MigrationError(
      'answer-wrong',
      this.#client.redact(`${this.label}, while ${what}: ${because}.`),
    );
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#client.close();
  }

  #pathOf({ path, what }: Question): string {
    if (!/^https?:/i.test(path)) return `${this.#root}/${path}`;
    const link = URL.canParse(path) ? new URL(path) : null;
    const known = link?.origin === this.#origin && link.pathname.startsWith(`${this.#root}/`);
    if (link === null || !known) throw this.wrong(what, 'its next page is said to be at another address');
    return path.slice(path.indexOf('/', path.indexOf('//') + 2));
  }

  #told({ status, gone, json }: Reply): Told {
    if (!gone && status < 400) return { ok: true, status, json, code: '', words: '' };
    const refusal = refusalShape.safeParse(json);
    const { code, message } = refusal.success ? refusal.data.error : { code: '', message: '' };
    // cut twice: no half of a secret is left at the end
    const words = this.#client.redact(message.slice(0, 10 * mostWords)).slice(0, mostWords);
    return { ok: false, status, json, code: code.slice(0, mostWords).toLowerCase(), words };
  }

  /** All who were refused together count as one. */
  #learn(reply: Reply): void {
    const { throttled } = this.#client.tally;
    const signal = { hint: replyNumber(reply, hintHeader), throttled: throttled > this.#throttled };
    this.#throttled = throttled;
    this.#parallelism = hearParallelism(this.#parallelism, signal, this.#most);
  }

  async #enter(signal: AbortSignal): Promise<void> {
    while (this.#underWay >= this.#parallelism.limit) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      signal.throwIfAborted();
    }
    this.#underWay += 1;
  }

  #leave(): void {
    this.#underWay -= 1;
    for (let free = this.#parallelism.limit - this.#underWay; free > 0; free -= 1) this.#waiting.shift()?.();
  }
}

function preferHeader({ prefer }: Question): Readonly<Record<string, string>> {
  return prefer === undefined || prefer.length === 0 ? {} : { prefer: prefer.join(',') };
}
