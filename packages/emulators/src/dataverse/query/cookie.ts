import { isGuid } from '../guid.ts';
import { Refusal } from '../refusal.ts';

/** The value of one column of the last row of a page; null: it was empty. */
export interface CookieValue {
  readonly column: string;
  readonly last: string | null;
  readonly first: string | null;
}

/** Where the next page begins: its number, and the values of the last row, the id in the end. */
export interface Cookie {
  readonly page: number;
  readonly values: readonly CookieValue[];
  readonly tracking: boolean;
  /** With tracking: the token of the moment the first page was read; else null. */
  readonly since: string | null;
}

const BROKEN = new Refusal(400, '0x8004112A', 'Invalid page number in paging cookie.');

const OUTER =
  /^<cookie pagenumber="(\d+)" pagingcookie="([^"]*)" istracking="(True|False)"(?: countOfRecords="\d+")?(?: since="([^"]*)")? \/>$/;

function attribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function plain(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The inner XML: `<cookie page="1"><contactid last="{...}" first="{...}" /></cookie>`. */
export function innerCookie({ page, values }: Pick<Cookie, 'page' | 'values'>): string {
  const parts = values.map(
    ({ column, last, first }) => `<${column} ${side('last', last)} ${side('first', first)} />`,
  );
  return `<cookie page="${page}">${parts.join('')}</cookie>`;
}

function side(name: string, value: string | null): string {
  if (value === null) return `${name}null="1"`;
  return `${name}="${isGuid(value) ? `{${value.toUpperCase()}}` : attribute(value)}"`;
}

/** A cookie as it stands in `$skiptoken`, before the URL is encoded: its inner XML is encoded twice. */
export function printCookie(cookie: Cookie, children: number | null = null): string {
  const inner = encodeURIComponent(encodeURIComponent(innerCookie({ ...cookie, page: cookie.page - 1 })));
  const since = cookie.since === null ? '' : ` since="${cookie.since}"`;
  const count = children === null ? '' : ` countOfRecords="${children}"`;
  return `<cookie pagenumber="${cookie.page}" pagingcookie="${inner}" istracking="${cookie.tracking ? 'True' : 'False'}"${count}${since} />`;
}

/** Reads a `$skiptoken`. Throws a refusal when it was tampered with. */
export function parseCookie(text: string): Cookie {
  const [, page, inner, tracking, since] = OUTER.exec(text) ?? [];
  if (page === undefined || inner === undefined) throw BROKEN;
  return {
    page: Number(page),
    values: parseInner(twiceDecoded(inner)),
    tracking: tracking === 'True',
    since: since ?? null,
  };
}

function twiceDecoded(text: string): string {
  try {
    const once = decodeURIComponent(text);
    // What was decoded on the way here is no longer encoded twice.
    if (once.includes('<')) throw BROKEN;
    return decodeURIComponent(once);
  } catch {
    throw BROKEN;
  }
}

/** Reads the inner XML of a cookie. Throws a refusal when it is not what was given out. */
export function parseInner(xml: string): CookieValue[] {
  const [, body] = /^<cookie page="\d+">(.*)<\/cookie>$/s.exec(xml) ?? [];
  if (body === undefined) throw BROKEN;
  const values: CookieValue[] = [];
  const rest = body.replace(
    /<([\w.]+) (last(?:null)?)="([^"]*)" (first(?:null)?)="([^"]*)" \/>/gs,
    (...found) => {
      const [, column, lastKind, last, firstKind, first] = found as string[];
      values.push({ column: column ?? '', last: value(lastKind, last), first: value(firstKind, first) });
      return '';
    },
  );
  if (rest !== '' || values.length === 0) throw BROKEN;
  return values;
}

function value(kind: string | undefined, text: string | undefined): string | null {
  if (kind?.endsWith('null')) return null;
  const bare = plain(text ?? '');
  return /^\{[0-9A-F-]{36}\}$/i.test(bare) ? bare.slice(1, -1).toLowerCase() : bare;
}

/** The refusal for a cookie that belongs to another order. */
export function otherOrder(): Refusal {
  return new Refusal(400, '0x80041129', 'Order by columns do not match those in paging cookie.');
}

/** The refusal for a cookie that is broken. */
export function brokenCookie(): Refusal {
  return BROKEN;
}
