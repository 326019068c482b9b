import { seededRandom } from '../../kit/random.ts';
import type { Account } from '../account.ts';
import type { FieldRecord, UserRecord } from '../records.ts';
import type { Table } from '../table.ts';
import type { TwinCopy } from './copy-account.ts';
import type { CompanyRecord } from './records.ts';

/**
 * Fills a blank account with a copy of a live one. The user who read it gets this API token, the others get tokens
 * made of the seed; where the copy tells of no administrator, that user is one.
 */
export function furnishTwin(account: Account, copy: TwinCopy, seed: number, token: string): void {
  const { state } = account;
  account.random = seededRandom(seed);
  // The first text of the seed is the token that is handed out.
  account.random.hex(40);
  const [company] = (copy.tables.get('companies') ?? []) as readonly CompanyRecord[];
  const users = (copy.tables.get('users') ?? []) as readonly UserRecord[];
  const known = users.some(({ admin, active }) => admin && active);
  for (const table of state.tables()) {
    const records = copy.tables.get(table.name) ?? [];
    for (const record of records)
      if (table.name === 'users') {
        const user = record as UserRecord;
        const holds = user.id === company?.holderId;
        const apiToken = holds ? token : account.random.hex(40);
        state.keep(state.users, { ...user, apiToken, admin: user.admin || (holds && !known) });
      } else state.keep(table as Table<{ readonly id: number }>, record);
  }
  state.counters.nextOptionId = nextOptionId((copy.tables.get('fields') ?? []) as readonly FieldRecord[]);
  state.keepCounters();
}

function nextOptionId(fields: readonly FieldRecord[]): number {
  let highest = 0;
  for (const { options } of fields)
    for (const { id } of options ?? []) if (typeof id === 'number') highest = Math.max(highest, id);
  return highest + 1;
}
