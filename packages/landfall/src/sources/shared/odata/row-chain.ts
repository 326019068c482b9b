import type { MigrationError } from '../../../model/error.ts';
import { wantedAnnotations } from './record-builder.ts';
import type { ReadTable } from './table.ts';
import type { Row, RowPage, Told, WebApi } from './web-api.ts';

/** A place in a list of rows. Both null: at its beginning. */
export interface ChainPlace {
  /** The link to the next page. */
  readonly link: string | null;
  /** The id of the last row so far: from here it can go on without the link. */
  readonly after: string | null;
}

/** One list of rows, page after page. */
export interface ChainParts {
  readonly service: WebApi;
  readonly table: ReadTable;
  /** The set's name as it is now: it may have been changed under way. */
  readonly setName: (again: boolean, signal: AbortSignal) => Promise<string>;
  /** Which rows; null: all. */
  readonly filter: string | null;
  readonly pageRows: number;
  /** Children that come along; absent: none. */
  readonly expand?: string;
}

/** Refusals of a page's cookie (facts 1.1): the list can go on behind the last row. */
const brokenCookie = new Set(['0x8004112a', '0x80041129', '0x8004430a']);
const unknownSegment = '0x80060888';

/** Pages in a row that may be empty: rows that a page was made of may be gone. */
const mostEmpty = 60;

/**
 * Rows in the order of their ids. Follows the service's links; where a link is refused, leads back or is of a set
 * that has another name by now, goes on behind the last row. Throws `answer-wrong` when that does not help.
 */
export class RowChain {
  readonly #parts: ChainParts;
  readonly #what: string;
  readonly #seen = new Set<string>();
  #place: ChainPlace;
  #ended = false;
  #empty = 0;

  constructor(parts: ChainParts, place: ChainPlace) {
    this.#parts = parts;
    this.#place = place;
    this.#what = `reading ${parts.table.label}`;
  }

  /** Where the next page begins; null: there is none. */
  get place(): ChainPlace | null {
    // biome-ignore lint/suspicious/noUnnecessaryConditions: `next` sets it
    return this.#ended ? null : this.#place;
  }

  /** The next page. Throws `MigrationError`. */
  async next(signal: AbortSignal): Promise<readonly Row[]> {
    const { link, after } = this.#place;
    let page = link === null ? await this.#behind(after, signal) : await this.#follow(link, signal);
    if (this.#repeats(page)) {
      page = await this.#behind(after, signal);
      if (this.#repeats(page))
        throw this.#parts.service.wrong(this.#what, 'it gives the same page again and again');
    }
    const first = this.#idAt(page.rows, 0);
    if (first !== null) this.#seen.add(first);
    if (page.nextLink !== null) this.#seen.add(page.nextLink);
    this.#empty = page.rows.length === 0 ? this.#empty + 1 : 0;
    if (this.#empty > mostEmpty)
      throw this.#parts.service.wrong(
        this.#what,
        `it gives ${mostEmpty} pages without rows, and always one more`,
      );
    this.#ended = page.nextLink === null;
    this.#place = { link: page.nextLink, after: this.#idAt(page.rows, -1) ?? after };
    return page.rows;
  }

  /** A page that begins as one we had, or an empty one that leads where we have been. */
  #repeats({ rows, nextLink }: RowPage): boolean {
    const first = this.#idAt(rows, 0);
    return first === null ? nextLink !== null && this.#seen.has(nextLink) : this.#seen.has(first);
  }

  #idAt(rows: readonly Row[], at: number): string | null {
    const id = rows.at(at)?.[this.#parts.table.idField];
    return typeof id === 'string' ? id : null;
  }

  async #follow(link: string, signal: AbortSignal): Promise<RowPage> {
    const told = await this.#ask(link, signal);
    if (told.ok) return this.#page(told);
    if (brokenCookie.has(told.code) || isGone(told)) return this.#behind(this.#place.after, signal);
    throw this.#refusal(told);
  }

  /** The rows behind an id, or from the first one on; once more when the set has another name by now. */
  async #behind(after: string | null, signal: AbortSignal): Promise<RowPage> {
    const { setName } = this.#parts;
    const told = await this.#ask(this.#query(await setName(false, signal), after), signal);
    if (told.ok) return this.#page(told);
    if (!isGone(told)) throw this.#refusal(told);
    const again = await this.#ask(this.#query(await setName(true, signal), after), signal);
    if (again.ok) return this.#page(again);
    throw this.#refusal(again);
  }

  #query(set: string, after: string | null): string {
    const { table, filter, expand } = this.#parts;
    const behind = after === null ? null : `${table.idField} gt ${after}`;
    const all = [filter, behind].filter((part) => part !== null).join(' and ');
    const query = [
      selectOf(table),
      ...(all === '' ? [] : [`$filter=${encodeURIComponent(all)}`]),
      ...(expand === undefined ? [] : [`$expand=${expand}`]),
      `$orderby=${table.idField}`,
    ];
    return `${set}?${query.join('&')}`;
  }

  #ask(path: string, signal: AbortSignal): Promise<Told> {
    const prefer = [wantedAnnotations, `odata.maxpagesize=${this.#parts.pageRows}`];
    return this.#parts.service.ask({ path, prefer, what: this.#what }, signal);
  }

  #page(told: Told): RowPage {
    return this.#parts.service.pageOf(this.#what, told.json);
  }

  #refusal(told: Told): MigrationError {
    return this.#parts.service.refusal(this.#what, told);
  }
}

/** The option that asks for everything a record is made of; bytes are never among it. */
export function selectOf({ idField, attributes }: ReadTable): string {
  const properties = attributes.filter(({ kind }) => kind !== 'body').map(({ property }) => property);
  return `$select=${[...new Set([idField, ...properties])].join(',')}`;
}

/** Whether a refusal says that there is no set of that name. */
export function isGone({ status, code }: Told): boolean {
  return status === 404 && (code === unknownSegment || code === '');
}
