import type { Automation, SourceRecord } from '../../../model/source.ts';
import { detectInRecords } from '../export-files/detect-patterns.ts';
import type { Account } from './account.ts';
import { type Json, memberAt, plainText } from './member.ts';
import { readOptional } from './read-modules.ts';

/**
 * The rules the account tells of, for the inventory: nothing of them is moved. Where it tells none, a line says so, and
 * the traces rules leave in records are looked for.
 */
export async function* readAutomations(account: Account, signal: AbortSignal): AsyncIterable<Automation> {
  const { client, service, catalog } = account;
  const told =
    service.kind === 'tables'
      ? null
      : await readOptional(client, service.automations.path, 'reading its automation rules', signal);
  if (told !== null) return yield* told.map((row) => toldRule(account, row));
  yield notTold(service.dialect.name);
  yield* detectInRecords(catalog.patterns, (entity) => recordsOf(account, entity, signal));
}

function toldRule({ service, catalog }: Account, row: Json): Automation {
  const members = service.kind === 'modules' ? service.automations.members : null;
  const text = (name: keyof NonNullable<typeof members>) => plainText(row[members?.[name] ?? '']);
  const state = members !== null && row[members.active] === true ? '' : ' (switched off)';
  return {
    name: `${text('name')}${state}`,
    detected: false,
    evidence: `${text('kind')} of ${text('module')}: ${text('trigger')} -> ${text('action')}`,
    equivalent:
      plainText(memberAt(catalog.equivalents, text('kind'))) ||
      'An automation, if the destination has the trigger.',
  };
}

function notTold(dialect: string): Automation {
  return {
    name: 'Rules of this account: not told',
    detected: false,
    evidence: `The ${dialect} hands out no workflows, stage rules, validations or notifications to these keys. Below is what their traces in the records show.`,
    equivalent:
      'Have an administrator of the source list them from its settings; build each one that is still wanted as an automation.',
  };
}

async function* recordsOf(
  account: Account,
  entity: string,
  signal: AbortSignal,
): AsyncIterable<readonly SourceRecord[]> {
  const { modules } = await account.plan(signal);
  const module = modules.find(({ key, active, closed }) => key === entity && active && !closed);
  if (module === undefined) return;
  for await (const { records } of account.pages(module, null, signal)) yield records;
}
