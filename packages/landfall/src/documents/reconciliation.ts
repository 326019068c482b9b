import {
  type Counter,
  fateCounters,
  imbalances,
  type LedgerRow,
  sourceCounters,
  targetCounters,
} from '../model/ledger.ts';
import type { DocumentContext } from './context.ts';
import { cell, type Report, type ReportCell, table } from './report.ts';
import { loadOrder, rejectTotals } from './store-pages.ts';
import type { TableDocument } from './table-document.ts';
import { moment } from './wording.ts';

/** What the count after an entity's load saw in the destination itself (RUN-06). */
export interface GateRow {
  readonly entity: string;
  readonly at: string;
  readonly created: number;
  readonly found: number;
  readonly straysRemoved: number;
}

/** The counts after each phase of the load, in their order; those not reached yet are missing. */
export async function gateRows({ reader }: DocumentContext): Promise<readonly GateRow[]> {
  const texts = await Promise.all(loadOrder.map((entity) => reader.getValue(`gate:${entity}`)));
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as GateRow]));
}

/** Target entities in the order of the load, then any other. */
function targetRows(ledger: DocumentContext['ledger']): readonly (readonly [string, LedgerRow])[] {
  const place = (entity: string) => {
    const at = (loadOrder as readonly string[]).indexOf(entity);
    return at === -1 ? loadOrder.length : at;
  };
  return Object.entries(ledger.target).sort(([a], [b]) => place(a) - place(b));
}

/** `reconciliation.csv`: the books, entity by entity (DOC-11, VER-01, RUN-06). */
export const reconciliationDocument: TableDocument = {
  file: 'reconciliation.csv',
  known: (context) => Object.keys(context.ledger.source).length > 0,
  header: ['Side', 'Entity', ...sourceCounters, ...targetCounters, 'Found in the destination', 'Balanced'],
  async *rows(context) {
    const gates = new Map((await gateRows(context)).map((gate) => [gate.entity, gate]));
    for (const [entity, row] of Object.entries(context.ledger.source)) {
      const counts = sourceCounters.map((counter) => String(row[counter] ?? 0));
      yield [
        'source',
        entity,
        ...counts,
        ...targetCounters.map(() => ''),
        '',
        balanced(context, 'source', entity),
      ];
    }
    for (const [entity, row] of targetRows(context.ledger)) {
      const counts = targetCounters.map((counter) => String(row[counter] ?? 0));
      const found = gates.get(entity)?.found;
      yield [
        'target',
        entity,
        ...sourceCounters.map(() => ''),
        ...counts,
        found === undefined ? '' : String(found),
        balanced(context, 'target', entity),
      ];
    }
  },
};

function balanced(context: DocumentContext, side: 'source' | 'target', entity: string): string {
  const row = context.ledger[side][entity] ?? {};
  const alone =
    side === 'source' ? { source: { [entity]: row }, target: {} } : { source: {}, target: { [entity]: row } };
  const trouble = imbalances(alone, finishedOf(context));
  return trouble.length === 0 ? 'yes' : trouble.join('; ');
}

/** Which columns must balance by now: those of phases that have ended. */
export function finishedOf({ ledger, verify, forecast }: DocumentContext): {
  transform: boolean;
  load: boolean;
  verify: boolean;
} {
  const rows = Object.values(ledger.target);
  const wrote = rows.some(({ created = 0, updated = 0, matched = 0 }) => created + updated + matched > 0);
  return { transform: forecast !== null || wrote, load: verify !== null, verify: verify !== null };
}

/** The two tables of the books, for a report. */
export function ledgerTables(context: DocumentContext) {
  const source = Object.entries(context.ledger.source).map(([entity, row]) => [
    entity,
    ...numbers(row, sourceCounters),
    balanceCell(balanced(context, 'source', entity)),
  ]);
  const target = targetRows(context.ledger).map(([entity, row]) => [
    entity,
    ...numbers(row, shownCounters),
    balanceCell(balanced(context, 'target', entity)),
  ]);
  return {
    source: table(
      ['Source', 'Read', 'Excluded', 'Put aside', 'Mapped', 'Balance'],
      source,
      'Nothing has been read yet.',
    ),
    target: table(
      [
        'Target',
        'Drafted',
        'Created',
        'Matched',
        'Updated',
        'Skipped',
        'Failed',
        'Verified',
        'Diverged',
        'Balance',
      ],
      target,
      'Nothing has been drafted yet.',
    ),
    links: table(
      ['Target', 'Links due', 'Linked', 'Not linked'],
      targetRows(context.ledger)
        .filter(([, row]) => (row.linksDue ?? 0) > 0)
        .map(([entity, row]) => [entity, ...numbers(row, ['linksDue', 'linked', 'unlinked'])]),
      'No links are due.',
    ),
  };
}

const shownCounters = fateCounters.filter((counter) => counter !== 'inDoubt');

function numbers(row: LedgerRow, counters: readonly Counter[]): ReportCell[] {
  return counters.map((counter) => row[counter] ?? 0);
}

function balanceCell(words: string): ReportCell {
  return words === 'yes' ? cell('balanced', 'good') : cell(words, 'bad');
}

/** `reconciliation.md`: the books in words, with the counts seen in the destination and the reasons of what is missing. */
export async function reconciliationReport(context: DocumentContext): Promise<Report> {
  const books = ledgerTables(context);
  const gates = await gateRows(context);
  const totals = await rejectTotals(context.reader);
  return {
    title: `Reconciliation: ${context.name}`,
    subtitle: `${context.sourceSystem} to ${context.destinationSystem}. Every record is in these tables.`,
    facts: [],
    sections: [
      { title: 'What was read', blocks: [books.source] },
      { title: 'What it became', blocks: [books.target] },
      { title: 'Links', blocks: [books.links] },
      {
        title: 'Counted in the destination after each phase',
        blocks: [
          table(
            ['Target', 'When', 'We made', 'Found there', 'Doubles removed'],
            gates.map(({ entity, at, created, found, straysRemoved }) => [
              entity,
              moment(at),
              created,
              found,
              straysRemoved,
            ]),
            'Nothing has been loaded yet.',
          ),
        ],
      },
      {
        title: 'Put aside and left out, by reason',
        blocks: [
          table(
            ['Phase', 'Entity', 'Reason', 'Field', 'Records'],
            totals.map(({ phase, entity, code, field, count }) => [phase, entity, code, field, count]),
            'Nothing was put aside.',
          ),
        ],
      },
    ],
    footer: footerOf(context),
  };
}

/** The last line of every report. */
export function footerOf({ name, at }: DocumentContext): string {
  return `Landfall, migration ${name}, ${moment(at)}.`;
}
