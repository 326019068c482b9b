import type { CatalogIssue, SourceOwner } from '../../../model/source.ts';
import { isClosed } from '../closed.ts';
import { personText } from '../person-text.ts';
import type { Row, WebApi } from './web-api.ts';

/** Somebody who can own records, with the id that records name them by. */
export interface Person extends SourceOwner {
  readonly id: string;
}

/** What records name by id everywhere: owners and currencies. */
export interface Directory {
  readonly people: ReadonlyMap<string, Person>;
  /** ISO code by the currency's id. */
  readonly currencies: ReadonlyMap<string, string>;
  /** Decimals of amounts by the currency's id. */
  readonly coinPlaces: ReadonlyMap<string, number>;
  /** ISO code of the currency that `_base` amounts are in; null: not known. */
  readonly baseCurrency: string | null;
  readonly issues: readonly CatalogIssue[];
}

/** Decimals of an amount where its currency does not say. */
export const usualPlaces = 2;

/** Reads users, teams and currencies: four requests. What may not be read is an issue; ids stay as they are then. */
export async function readDirectory(service: WebApi, signal: AbortSignal): Promise<Directory> {
  const issues: CatalogIssue[] = [];
  const list = (set: string, fields: string) => rowsOrIssue(service, set, fields, issues, signal);
  const [users, teams, currencies, organizations] = await Promise.all([
    list('systemusers', 'fullname,internalemailaddress,domainname,isdisabled'),
    list('teams', 'name,emailaddress'),
    list('transactioncurrencies', 'isocurrencycode,currencyprecision'),
    list('organizations', '_basecurrencyid_value'),
  ]);
  const people = new Map<string, Person>();
  for (const row of users) addPerson(people, userOf(row));
  for (const row of teams) addPerson(people, teamOf(row));
  const codes = new Map(
    currencies.map((row) => [textOf(row.transactioncurrencyid), textOf(row.isocurrencycode)]),
  );
  const coinPlaces = new Map(
    currencies.map((row) => [
      textOf(row.transactioncurrencyid),
      Number(row.currencyprecision ?? usualPlaces),
    ]),
  );
  const base = textOf(organizations[0]?._basecurrencyid_value);
  return { people, currencies: codes, coinPlaces, baseCurrency: codes.get(base) ?? null, issues };
}

async function rowsOrIssue(
  service: WebApi,
  set: string,
  fields: string,
  issues: CatalogIssue[],
  signal: AbortSignal,
): Promise<readonly Row[]> {
  try {
    return await service.all({ path: `${set}?$select=${fields}`, what: `reading ${set}` }, signal);
  } catch (error) {
    issues.push(unreadableIssue(set, error));
    return [];
  }
}

/** The issue of a table that cannot be read, for want of a right or because the service refuses. Rethrows other troubles. */
export function unreadableIssue(at: string, error: unknown): CatalogIssue {
  if (!isClosed(error)) throw error;
  const code = error.code === 'forbidden' ? 'no-right' : 'unreadable-table';
  return { code, severity: 'high', at, message: error.message, hint: error.hint };
}

function addPerson(people: Map<string, Person>, person: Person): void {
  if (person.id !== '') people.set(person.id, person);
}

function userOf(row: Row): Person {
  const address = [textOf(row.internalemailaddress), textOf(row.domainname)].find((text) =>
    text.includes('@'),
  );
  return {
    id: textOf(row.systemuserid),
    owner: personText(textOf(row.fullname), address ?? ''),
    kind: 'user',
    active: row.isdisabled !== true,
  };
}

function teamOf(row: Row): Person {
  return {
    id: textOf(row.teamid),
    owner: personText(textOf(row.name), textOf(row.emailaddress)),
    kind: 'team',
    active: true,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
