import type { Paging } from '../module-rest/dialect.ts';

/** A way to sign in that may be the right one; `{token}` stands for the secret. */
export interface AuthWay {
  readonly name: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** The secret is the user's name of basic authorization. */
  readonly basic?: true;
}

/** A list that may be there. */
export interface ProbedList {
  readonly name: string;
  /** Below the base path. */
  readonly path: string;
}

/** Where definitions of the account's own objects are, and how their members are called. */
export interface ObjectLists {
  /** The list with the definitions. */
  readonly list: string;
  readonly key: string;
  readonly label: string;
  readonly fields: string;
  /** Path of an object's records; `{key}` stands for its key. */
  readonly records: string;
}

/** What is asked of an API that nobody has written down: data only, the probe knows no vendor. */
export interface ProbePlan {
  readonly label: string;
  /** What every path begins with. */
  readonly basePath: string;
  /** The likeliest first: the ways to sign in are tried on them. */
  readonly lists: readonly ProbedList[];
  readonly auth: readonly AuthWay[];
  /** Ways to page, each with the size that is asked for; the first that changes the answer is it. */
  readonly paging: readonly Exclude<Paging, { readonly kind: 'none' | 'link' }>[];
  /** Members that may hold the records, their number and the next cursor: dotted paths. */
  readonly items: readonly string[];
  readonly total: readonly string[];
  readonly next: readonly string[];
  /** Headers that tell of limits. */
  readonly limitHeaders: readonly string[];
  /** A parameter that may give changed records only; a far future must give none. */
  readonly since: string | null;
  readonly objects: ObjectLists | null;
  /** A list whose records may name bytes of the same host. */
  readonly files: { readonly list: string; readonly url: string } | null;
}

/** How much is asked, and how quickly. */
export interface ProbeBounds {
  readonly mostRequests: number;
  /** Between two requests. */
  readonly spaceMs: number;
}

/** Little enough that nobody notices. */
export const usualBounds: ProbeBounds = { mostRequests: 60, spaceMs: 150 };
