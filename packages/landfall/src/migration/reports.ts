import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentContext } from '../documents/context.ts';
import { type DocumentName, documentNamed, documentNames, writeDocument } from '../documents/documents.ts';
import { MigrationError } from '../model/error.ts';
import { readValue } from '../phases/values.ts';
import type { ProposedField } from '../propose/proposal-template.ts';
import { templateOf } from './pair.ts';
import { readApprovals } from './record-file.ts';
import type { Session } from './session.ts';
import { spentToday } from './spending.ts';

/** The documents that change when a phase has run. */
const documentsOf: Readonly<Record<string, readonly DocumentName[]>> = {
  discover: ['scope', 'automations'],
  map: ['scope', 'mapping-workbook', 'custom-fields', 'stages'],
  audit: [
    'quality',
    'rejects',
    'deal-history',
    'stage-counts',
    'task-completion',
    'lead-sources',
    'commissions',
  ],
  plan: [
    'plan',
    'owners',
    'links',
    'quality',
    'rejects',
    'attachments',
    'upgrade',
    'stages',
    'custom-fields',
    'mapping-workbook',
    'scope',
  ],
  configure: ['custom-fields', 'scope'],
  run: ['reconciliation', 'rejects', 'attachments', 'summary', 'audit-anchors'],
  verify: ['reconciliation', 'verification', 'summary', 'audit-anchors'],
  rollback: ['rollback', 'reconciliation', 'summary', 'audit-anchors'],
};

/** Writes the documents of a phase into `reports/`. */
export async function writeReports(session: Session, phase: string): Promise<void> {
  const context = await contextOf(session);
  for (const name of documentsOf[phase] ?? []) await writeInto(session, name, context);
}

/** Writes one document, or all of them. Returns the files. Throws `usage` for an unknown name. */
export async function writeReport(session: Session, name: string | null): Promise<readonly string[]> {
  const context = await contextOf(session);
  const named = name === null ? null : documentNamed(name);
  if (name !== null && named === null) {
    throw new MigrationError('usage', `There is no report “${name}”; there are ${documentNames.join(', ')}.`);
  }
  const files: string[] = [];
  for (const one of named === null ? documentNames : [named])
    files.push(...(await writeInto(session, one, context)));
  return [...new Set(files)];
}

async function writeInto(
  session: Session,
  name: DocumentName,
  context: DocumentContext,
): Promise<readonly string[]> {
  const directory = join(session.directory, 'reports');
  mkdirSync(directory, { recursive: true });
  return writeDocument(name, context, directory);
}

async function contextOf(session: Session): Promise<DocumentContext> {
  const { store, config } = session;
  const proposed = await store.getValue('proposedFields');
  return {
    name: config.name,
    at: new Date(session.ports.clock.nowMs()).toISOString(),
    sourceSystem: sourceLabel(config.source.system),
    destinationSystem: 'Pipedrive',
    account: await readValue(store, 'account'),
    policies: config.policies,
    catalog: await readValue(store, 'catalog'),
    target: await readValue(store, 'target'),
    mapping: await readValue(store, 'mapping'),
    proposed: proposed === null ? [] : (JSON.parse(proposed) as readonly ProposedField[]),
    forecast: await readValue(store, 'forecast'),
    owners: (await readValue(store, 'owners')) ?? [],
    steps: await store.steps(),
    approvals: readApprovals(session.directory),
    questions: await store.questions(),
    decisions: await store.decisions(),
    automations: (await readValue(store, 'automations')) ?? [],
    ledger: await store.ledger(),
    budget: await budgetOf(session),
    verify: await readValue(store, 'verify'),
    rollback: await readValue(store, 'rollback'),
    dataSets: templateOf(config.source.system).dataSets ?? [],
    reader: store,
  };
}

async function budgetOf(session: Session): Promise<DocumentContext['budget']> {
  const account = await readValue(session.store, 'account');
  const { tokens, requests, throttled } = await spentToday(session.store, session.ports.clock.nowMs());
  return account === null
    ? null
    : { dailyTokens: account.dailyTokens, spentToday: tokens, spentHere: tokens, requests, throttled };
}

/** `Smart CRM Online to Pipedrive` without its second half. */
function sourceLabel(system: string): string {
  return templateOf(system).label.split(' to ')[0] ?? system;
}
