import { type Directory, usualPlaces } from './directory.ts';
import type { MadeRule } from './odata-catalog.ts';
import { formattedOf, leadsToOf, wantedAnnotations } from './record-builder.ts';
import { type Asked, rowsByIds } from './rows-by-id.ts';
import { sharedOut } from './share-out.ts';
import type { ReadTable } from './table.ts';
import type { Row } from './web-api.ts';

/** The tables that made records come from. */
export interface MadeFrom {
  readonly lines: ReadTable;
  readonly members: ReadTable;
  readonly prices: ReadTable;
}

/** A member of a product, as its list names it. */
interface Member {
  readonly id: string;
  readonly row: Row;
  readonly product: string;
  readonly quantity: string;
}

/** Makes the lines of what lines hold, where nobody made them in the source. */
export class MadeRows {
  readonly #asked: Asked;
  readonly #rule: MadeRule;
  readonly #from: MadeFrom;
  readonly #directory: Directory;
  readonly #optional: boolean;

  /** `optional`: members that somebody has to choose are taken too, although no line says that they were. */
  constructor(asked: Asked, rule: MadeRule, from: MadeFrom, directory: Directory, optional: boolean) {
    this.#asked = asked;
    this.#rule = rule;
    this.#from = from;
    this.#directory = directory;
    this.#optional = optional;
  }

  /** Which lines hold others. */
  get filter(): string {
    const { kind, code } = this.#rule.lines;
    return `${kind} eq ${code}`;
  }

  /** The table of the lines, with what is made of them and no more. */
  get lines(): ReadTable {
    const { product, quantity, price, discount, currency, carried } = this.#rule.lines;
    const wanted = new Set([product, quantity, price, discount, currency, ...carried]);
    const { lines } = this.#from;
    return { ...lines, attributes: lines.attributes.filter(({ name }) => wanted.has(name)) };
  }

  /** The rows made of some lines that hold others; their ids, in `idField`, are those of line and list's entry. */
  async of(idField: string, rows: readonly Row[], signal: AbortSignal): Promise<readonly Row[]> {
    const held = await this.#heldAlready(rows, signal);
    const open = rows.filter((row) => !held.has(this.#lineId(row)) && this.#productOf(row) !== '');
    const members = await this.#membersOf([...new Set(open.map((row) => this.#productOf(row)))], signal);
    const products = [...members.values()].flat().map(({ product }) => product);
    const prices = await this.#pricesOf([...new Set(products)], signal);
    return open.flatMap((row) =>
      this.#madeOf(row, members.get(this.#productOf(row)) ?? [], prices).map(([id, made]) => ({
        ...made,
        [idField]: id,
      })),
    );
  }

  #lineId(row: Row): string {
    return textOf(row[this.#from.lines.idField]);
  }

  #productOf(row: Row): string {
    return textOf(row[propertyOf(this.#from.lines, this.#rule.lines.product)]);
  }

  /** The lines that have lines of their own below them. */
  async #heldAlready(rows: readonly Row[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { heldBy: attribute } = this.#rule.lines;
    const property = propertyOf(this.#from.lines, attribute);
    const { lines: table } = this.#from;
    const ids = rows.map((row) => this.#lineId(row));
    const what = `reading ${table.label}`;
    const below = await rowsByIds(this.#asked, { table, select: [property], attribute, ids, what }, signal);
    return new Set(below.map((row) => textOf(row[property])));
  }

  /** By product, in the order of their ids: it is the same whenever it is read. */
  async #membersOf(
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly Member[]>> {
    const { product, member, quantity, unit, required, optionalCode } = this.#rule.members;
    const table = this.#from.members;
    const of = (name: string) => propertyOf(table, name);
    const rows = await rowsByIds(
      this.#asked,
      {
        table,
        select: [product, member, quantity, unit, required].map(of),
        attribute: product,
        ids,
        prefer: [wantedAnnotations],
        what: `reading ${table.label}`,
      },
      signal,
    );
    const found = rows
      .filter((row) => this.#optional || textOf(row[of(required)]) !== optionalCode)
      .map((row) => ({
        of: textOf(row[of(product)]),
        id: textOf(row[table.idField]),
        row,
        product: textOf(row[of(member)]),
        quantity: decimalOf(row[of(quantity)], '1'),
      }))
      .filter((one) => one.product !== '' && isMore(one.quantity))
      .toSorted((left, right) => (left.id < right.id ? -1 : 1));
    return Map.groupBy(found, (one) => one.of);
  }

  async #pricesOf(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { prices: table } = this.#from;
    const fields = this.#rule.prices.fields.filter((field) =>
      table.attributes.some(({ name }) => name === field),
    );
    const { idField: attribute, label } = table;
    const what = `reading prices of ${label}`;
    const rows = await rowsByIds(this.#asked, { table, select: fields, attribute, ids, what }, signal);
    return new Map(
      rows.map((row) => [
        textOf(row[attribute]),
        fields.map((field) => decimalOf(row[field], '')).find((text) => text !== '') ?? '0',
      ]),
    );
  }

  #madeOf(
    row: Row,
    members: readonly Member[],
    prices: ReadonlyMap<string, string>,
  ): readonly (readonly [id: string, Row])[] {
    if (members.length === 0) return [];
    const { quantity, price, discount, currency } = this.#rule.lines;
    const value = (name: string, otherwise: string) =>
      decimalOf(row[propertyOf(this.#from.lines, name)], otherwise);
    const places = this.#directory.coinPlaces.get(textOf(row[propertyOf(this.#from.lines, currency)]));
    const shares = sharedOut(
      { quantity: value(quantity, '1'), price: value(price, '0'), discount: value(discount, '0') },
      members.map((member) => ({
        quantity: member.quantity,
        listPrice: prices.get(member.product) ?? '0',
      })),
      places ?? usualPlaces,
    );
    return members.map((member, at) => [
      `${this.#lineId(row)}/${member.id}`,
      {
        ...this.#references(row, member),
        [quantity]: shares[at]?.quantity,
        [price]: shares[at]?.price,
        [discount]: shares[at]?.discount,
      },
    ]);
  }

  #references(row: Row, member: Member): Row {
    const { lines, members } = this.#from;
    const { product, currency, carried } = this.#rule.lines;
    const lineId = this.#lineId(row);
    const line = `_${lines.idField}_value`;
    const made: Record<string, unknown> = {
      [line]: lineId,
      [formattedOf(line)]: row[formattedOf(propertyOf(lines, product))],
      [`_${members.idField}_value`]: member.id,
    };
    for (const name of [...carried, currency]) copy(row, propertyOf(lines, name), made);
    copy(member.row, propertyOf(members, this.#rule.members.member), made, propertyOf(lines, product));
    copy(member.row, propertyOf(members, this.#rule.members.unit), made);
    return made;
  }
}

function propertyOf({ attributes }: ReadTable, name: string): string {
  return attributes.find((attribute) => attribute.name === name)?.property ?? name;
}

/** Nothing, and less than nothing, is no member. */
function isMore(quantity: string): boolean {
  return /^[0.]*[1-9]/.test(quantity);
}

/** A reference as it came, with what is said of it. */
function copy(from: Row, property: string, to: Record<string, unknown>, as = property): void {
  to[as] = from[property];
  for (const said of [formattedOf, leadsToOf]) to[said(as)] = from[said(property)];
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value.toLowerCase()
    : value === null || value === undefined
      ? ''
      : String(value);
}

function decimalOf(value: unknown, otherwise: string): string {
  const text = textOf(value);
  return /^-?\d+(?:\.\d+)?$/.test(text) ? text : otherwise;
}
