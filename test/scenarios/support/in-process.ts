import { type Dispatcher, Dispatcher as UndiciDispatcher } from 'undici';

/** What answers requests without a socket: an emulator's `app`. */
export interface App {
  fetch(request: Request): Promise<Response>;
}

/** One request on its way to the app. */
export interface Passing {
  readonly method: string;
  readonly path: string;
}

/** An answer, whole. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Called before a request arrives; it may answer in the app's place. */
export type Meanwhile = (passing: Passing, deliver: () => Promise<Answered>) => Promise<Answered>;

/** Carries requests straight to an app: no sockets, the same bytes. To be handed in as `Ports.dispatcher`. */
export class InProcess extends UndiciDispatcher {
  readonly #origin: string;
  readonly #app: App;
  readonly #meanwhile: Meanwhile;

  constructor(origin: string, app: App, meanwhile: Meanwhile) {
    super();
    this.#origin = origin;
    this.#app = app;
    this.#meanwhile = meanwhile;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    void this.#carry(options, handler);
    return true;
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }

  override destroy(): Promise<void> {
    return Promise.resolve();
  }

  async #carry(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): Promise<void> {
    const controller = { abort: () => undefined } as unknown as Dispatcher.DispatchController;
    handler.onRequestStart?.(controller, {});
    try {
      const { method, path } = options;
      const answer = await this.#meanwhile({ method, path }, () => this.#deliver(options));
      handler.onResponseStart?.(controller, answer.status, { ...answer.headers }, '');
      handler.onResponseData?.(controller, Buffer.from(answer.body));
      handler.onResponseEnd?.(controller, {});
    } catch (error) {
      handler.onResponseError?.(controller, error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #deliver(options: Dispatcher.DispatchOptions): Promise<Answered> {
    const answer = await this.#app.fetch(this.#requestOf(options));
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  }

  #requestOf({ method, path, headers, body }: Dispatcher.DispatchOptions): Request {
    return new Request(`${this.#origin}${path}`, {
      method,
      headers: headers as Record<string, string>,
      ...(typeof body === 'string' ? { body } : {}),
    });
  }
}
