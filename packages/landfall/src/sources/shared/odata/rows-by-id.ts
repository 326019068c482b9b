import { isGone } from './row-chain.ts';
import type { Table } from './table.ts';
import type { Row, WebApi } from './web-api.ts';

/** Ids in one question: their address stays far below the longest one (facts 1.1). */
const idsAtOnce = 300;

/** Who is asked: a service, and what its sets are called now, for a table may be renamed meanwhile. */
export interface Asked {
  readonly service: WebApi;
  setName(table: Table, again: boolean, signal: AbortSignal): Promise<string>;
}

/** Rows of a table that name certain ids. */
export interface IdQuestion {
  readonly table: Table;
  /** Properties that are wanted. */
  readonly select: readonly string[];
  /** Logical name of the attribute that must be one of the ids. */
  readonly attribute: string;
  readonly ids: readonly string[];
  readonly prefer?: readonly string[];
  readonly what: string;
}

/** All rows whose attribute is one of the ids, as many questions as that takes. Throws `MigrationError`. */
export async function rowsByIds(
  asked: Asked,
  question: IdQuestion,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const { ids } = question;
  const parts: Promise<readonly Row[]>[] = [];
  for (let at = 0; at < ids.length; at += idsAtOnce)
    parts.push(rowsOf(asked, question, ids.slice(at, at + idsAtOnce), signal));
  return (await Promise.all(parts)).flat();
}

async function rowsOf(
  asked: Asked,
  { table, select, attribute, prefer = [], what }: IdQuestion,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const list = ids.map((id) => `'${id}'`).join(',');
  const filter = `Microsoft.Dynamics.CRM.In(PropertyName='${attribute}',PropertyValues=[${list}])`;
  const query = `$select=${select.join(',')}&$filter=${encodeURIComponent(filter)}`;
  const { service } = asked;
  const ask = async (again: boolean) =>
    service.ask({ path: `${await asked.setName(table, again, signal)}?${query}`, prefer, what }, signal);
  const first = await ask(false);
  const told = isGone(first) ? await ask(true) : first;
  if (!told.ok) throw service.refusal(what, told);
  const { rows, nextLink } = service.pageOf(what, told.json);
  return nextLink === null
    ? rows
    : [...rows, ...(await service.all({ path: nextLink, prefer, what }, signal))];
}
