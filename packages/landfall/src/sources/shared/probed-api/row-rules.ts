import { isObject, type Json, plainText } from '../module-rest/member.ts';

/** How the records of one list become rows of a table: data only. */
export interface RowRules {
  /** The entity of the catalog. */
  readonly entity: string;
  /** The list of the probe's plan that its records come from. */
  readonly list: string;
  /** Objects whose members stand for themselves, without the object's name before them. */
  readonly open?: readonly string[];
  /** Lists of objects of which the first gives columns of its own: these members, with a word before them. */
  readonly first?: Readonly<Record<string, { readonly prefix: string; readonly members: readonly string[] }>>;
  /** Lists of objects as text: `{name}` stands for a member. */
  readonly texts?: Readonly<Record<string, { readonly pattern: string; readonly between: string }>>;
  /** Members that are tables of their own. */
  readonly omit?: readonly string[];
  /** One row for each object of a list; of record and object the members named, by the columns they become. */
  readonly each?: {
    readonly list: string;
    readonly own: Readonly<Record<string, string>>;
    readonly item: Readonly<Record<string, string>>;
  };
  /** The members with the address and the size of a file's bytes, and the columns that say what is known of it. */
  readonly file?: {
    readonly url: string;
    readonly size: string;
    readonly reference: string;
    readonly state: string;
  };
}

/** What decides whether bytes can be had. */
export interface FileAccess {
  readonly origin: string;
  readonly isOpen: boolean;
}

/** One row: cells by column. */
export type Row = Readonly<Record<string, string>>;

/** The rows of one record: one, or one for each object of a list. */
export function rowsOf(record: Json, rules: RowRules, access: FileAccess): readonly Row[] {
  const { each } = rules;
  if (each === undefined) return [rowOf(record, rules, access)];
  const items = record[each.list];
  if (!Array.isArray(items)) return [];
  const parent = Object.fromEntries(
    Object.entries(each.own).map(([name, column]) => [column, textOf(record[name])]),
  );
  return items.filter(isObject).map((item) => ({
    ...parent,
    ...Object.fromEntries(
      Object.entries(item).map(([name, value]) => [own(each.item, name) ?? name, textOf(value)]),
    ),
  }));
}

function rowOf(record: Json, rules: RowRules, access: FileAccess): Row {
  const row: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(record)) {
    const first = own(rules.first, name);
    if (first !== undefined && Array.isArray(value) && isObject(value[0])) {
      const [item] = value;
      for (const member of first.members) row[`${first.prefix}_${member}`] = textOf(item[member]);
    }
    if (rules.omit?.includes(name)) continue;
    if (isObject(value)) addObject(row, record, name, value, rules.open?.includes(name) === true);
    else row[name] = Array.isArray(value) ? listText(value, own(rules.texts, name)) : textOf(value);
  }
  return rules.file === undefined ? row : { ...row, ...fileCells(record, rules.file, access) };
}

/** A member that is called as one of the record itself stands for itself no more: neither takes the other's place. */
function addObject(
  row: Record<string, string>,
  record: Json,
  object: string,
  value: Json,
  isOpen: boolean,
): void {
  for (const [name, member] of Object.entries(value))
    row[isOpen && !Object.hasOwn(record, name) ? name : `${object}.${name}`] = textOf(member);
}

/** Names come from the service: one that every object has (`constructor`) is no rule. */
function own<T>(rules: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return rules !== undefined && Object.hasOwn(rules, name) ? rules[name] : undefined;
}

function listText(
  items: readonly unknown[],
  rule: { readonly pattern: string; readonly between: string } | undefined,
): string {
  const between = rule?.between ?? '; ';
  const words = items.map((item) =>
    isObject(item) && rule !== undefined
      ? rule.pattern.replace(/\{(\w+)\}/g, (_, name: string) => textOf(item[name]))
      : textOf(item),
  );
  return words
    .map(tidied)
    .filter((text) => text !== '')
    .join(between);
}

/** What stands between empty members is no text. */
function tidied(text: string): string {
  return text
    .split(', ')
    .filter((part) => part.trim() !== '')
    .join(', ')
    .trim();
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object'
    ? JSON.stringify(value)
    : typeof value === 'string'
      ? value
      : plainText(value);
}

/** Bytes that lie on the same host can be opened when the probe could; all else is told. */
function fileCells(record: Json, file: NonNullable<RowRules['file']>, access: FileAccess): Row {
  const address = textOf(record[file.url]);
  const url = URL.canParse(address, access.origin) ? new URL(address, access.origin) : null;
  const isOurs = url?.origin === access.origin;
  const { pathname = '', search = '' } = isOurs ? url : {};
  const reference = isOurs ? pathname + search : '';
  const state = stateOf(address, isOurs, textOf(record[file.size]), access.isOpen);
  return { [file.reference]: state === 'there' ? reference : '', [file.state]: state };
}

function stateOf(address: string, isOurs: boolean, size: string, isOpen: boolean): string {
  if (address === '') return 'missing';
  if (!isOurs) return 'outside';
  if (size === '0') return 'empty';
  return isOpen ? 'there' : 'missing';
}
