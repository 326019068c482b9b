/** One request as an emulated service sees it. */
export interface Call {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  /** The path alone, without the query and without a slash at its end. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly bytes: Uint8Array;
  /** A header's value by its lower-case name. */
  header(name: string): string | null;
  /** The body as UTF-8 text. */
  text(): string;
}

/** What an emulated service answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** What the request was charged, in the vendor's own units; 0 when there are none. */
  readonly costTokens: number;
}

const decoder = new TextDecoder();

/** Makes a call out of its parts; the query is parsed and the body decoded only when somebody looks. */
export function createCall(
  method: string,
  target: string,
  bytes: Uint8Array,
  header: (name: string) => string | null,
): Call {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  let query: URLSearchParams | undefined;
  let text: string | undefined;
  return {
    method,
    target,
    path: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path,
    bytes,
    header,
    get query() {
      query ??= new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
      return query;
    },
    text() {
      text ??= decoder.decode(bytes);
      return text;
    },
  };
}

/** A JSON answer. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
    costTokens: 0,
  };
}

/** An HTML answer, as proxies and firewalls give them. */
export function htmlAnswer(status: number, html: string): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: html, costTokens: 0 };
}
