import type { CatalogIssue, SourceEntity } from '../../../model/source.ts';
import type { Account } from './account.ts';
import type { ElsewhereRule } from './odata-catalog.ts';
import type { Table } from './table.ts';

/** What stays where it is, with numbers and what to do: pictures of records, and what only has its place here. */
export async function leftIssues(
  account: Account,
  entities: readonly SourceEntity[],
  signal: AbortSignal,
): Promise<readonly CatalogIssue[]> {
  const tables = await account.tables(signal);
  const issues = [await picturesIssue(account, entities, signal)];
  for (const rule of account.catalog.elsewhere) {
    const table = tables.get(rule.table);
    if (table !== undefined) issues.push(await elsewhereIssue(account, table, rule, signal));
  }
  return issues.filter((issue) => issue !== null);
}

async function picturesIssue(
  account: Account,
  entities: readonly SourceEntity[],
  signal: AbortSignal,
): Promise<CatalogIssue | null> {
  const parts: string[] = [];
  const at: string[] = [];
  for (const { name, label } of entities) {
    const table = await account.table(name, signal);
    for (const picture of table.pictures) {
      const count = await countOf(account, table, `filter(${picture} ne null)/`, signal);
      if (count === 0) continue;
      parts.push(`${count === null ? 'an unknown number' : count.toLocaleString('en-US')} of "${label}"`);
      at.push(`${name}.${picture.replace(/id$/, '')}`);
    }
  }
  if (parts.length === 0) return null;
  return {
    code: 'pictures-stay',
    severity: 'low',
    at: at.join(', '),
    message: `Pictures of records are not moved: ${parts.join(', ')}.`,
    hint: account.catalog.picturesHint,
  };
}

async function elsewhereIssue(
  account: Account,
  table: Table,
  { what, hint }: ElsewhereRule,
  signal: AbortSignal,
): Promise<CatalogIssue | null> {
  const count = await countOf(account, table, '', signal);
  if (count === 0) return null;
  const number = count === null ? 'An unknown number of' : count.toLocaleString('en-US');
  const message = `${number} ${what} are not moved: the organisation only knows where they are.`;
  return { code: 'lies-elsewhere', severity: 'medium', at: table.name, message, hint };
}

/** Exact; null where the service does not count it, for want of a right or because there are too many. */
async function countOf(
  { service }: Account,
  { set, label }: Table,
  filter: string,
  signal: AbortSignal,
): Promise<number | null> {
  const path = `${set}?$apply=${encodeURIComponent(`${filter}aggregate($count as n)`)}`;
  const what = `counting ${label}`;
  const told = await service.ask({ path, what }, signal);
  if (!told.ok) return null;
  const [row] = service.pageOf(what, told.json).rows;
  const count = Number(row?.n ?? 0);
  return Number.isInteger(count) ? count : null;
}
