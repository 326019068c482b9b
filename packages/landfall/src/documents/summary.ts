import { counted, integer } from '../base/counted.ts';
import { imbalances } from '../model/ledger.ts';
import type { Verdict, VerifySummary } from '../model/plan.ts';
import { auditSection } from './audit.ts';
import type { DocumentContext } from './context.ts';
import { caps } from './plan.ts';
import { finishedOf, footerOf, gateRows, ledgerTables } from './reconciliation.ts';
import {
  type Block,
  cell,
  cutTable,
  type Fact,
  type Report,
  type ReportCell,
  type Section,
  type Tone,
  table,
  text,
} from './report.ts';
import { rejectTotals } from './store-pages.ts';
import { moment, percent } from './wording.ts';

/** Rows of reasons a customer still reads. */
const readableRows = 40;

/** What each verdict means to a customer. */
const verdictWords: Readonly<Record<Verdict, readonly [string, Tone]>> = {
  equal: ['exactly as in the source', 'good'],
  normalised: ['the same value, written otherwise', 'good'],
  byRule: ['changed by a rule you approved', 'plain'],
  lossy: ['kept in part, as the mapping says', 'warn'],
  missing: ['missing', 'bad'],
  different: ['different', 'bad'],
};

const verdicts = Object.keys(verdictWords) as readonly Verdict[];

/** The final report a customer sees (VER-01..05, AUD-01): the books, the bill, the proof, and what was left out. */
export async function summaryReport(context: DocumentContext): Promise<Report> {
  const books = ledgerTables(context);
  return {
    title: `Migration report: ${context.name}`,
    subtitle: `From ${context.sourceSystem} to ${context.destinationSystem}${context.account === null ? '' : ` (${context.account.account})`}, as of ${moment(context.at)}.`,
    facts: facts(context),
    sections: [
      {
        title: 'Every record is in the books',
        blocks: [...balanceNote(context), books.source, books.target, books.links],
      },
      { title: 'Proof', blocks: proof(context) },
      { title: 'Counted in the destination', blocks: [await counts(context)] },
      { title: 'Tokens: forecast and spent', blocks: tokens(context) },
      { title: 'What was put aside or left out', blocks: await leftOut(context) },
      { title: 'Owners', blocks: owners(context) },
      { title: 'Decisions and approvals', blocks: decisions(context) },
      { title: 'What is yours to do', blocks: handoff(context) },
      ...rollback(context),
      ...(await auditSection(context)),
    ],
    footer: `${footerOf(context)} Each number can be followed to its records in the files beside this page.`,
  };
}

function facts(context: DocumentContext): Fact[] {
  const { verify, forecast, budget } = context;
  const created = sum(context, 'created');
  const changed = sum(context, 'updated') + sum(context, 'matched');
  const wrong = verify === null ? null : verify.missing + verify.different;
  return [
    {
      label: 'Records made',
      value: integer(created),
      note: `${integer(changed)} matched or updated`,
      tone: 'plain',
    },
    wrong === null
      ? { label: 'Proof', value: 'not yet', note: 'run landfall verify', tone: 'quiet' }
      : {
          label: 'Proof',
          value: wrong === 0 ? 'complete' : counted(wrong, 'difference'),
          note: `${integer(verify?.fields ?? 0)} fields read back`,
          tone: wrong === 0 ? 'good' : 'bad',
        },
    {
      label: 'Put aside',
      value: integer(putAside(context)),
      note: 'each with its reason',
      tone: putAside(context) === 0 ? 'good' : 'warn',
    },
    {
      label: 'Tokens',
      value: integer(budget?.spentHere ?? 0),
      note: forecast === null ? 'no forecast' : `of ${integer(forecast.tokens)} forecast`,
      tone: 'plain',
    },
  ];
}

function sum({ ledger }: DocumentContext, counter: 'created' | 'updated' | 'matched' | 'failed'): number {
  return Object.values(ledger.target).reduce((total, row) => total + (row[counter] ?? 0), 0);
}

function putAside(context: DocumentContext): number {
  const rejected = Object.values(context.ledger.source).reduce(
    (total, row) => total + (row.rejected ?? 0),
    0,
  );
  return rejected + sum(context, 'failed');
}

function balanceNote(context: DocumentContext): Block[] {
  if (Object.keys(context.ledger.source).length === 0) return [];
  const trouble = imbalances(context.ledger, finishedOf(context));
  if (trouble.length > 0)
    return [{ kind: 'note', tone: 'bad', text: `The books do not balance: ${trouble.join('; ')}` }];
  return [
    {
      kind: 'note',
      tone: 'good',
      text: 'The books balance: read = excluded + put aside + mapped, and drafted = created + matched + updated + skipped + failed, for every table.',
    },
  ];
}

function proof({ verify }: DocumentContext): Block[] {
  if (verify === null) return [text('The destination has not been read back yet.')];
  const rows = verdicts.map((verdict) => {
    const [words, tone] = verdictWords[verdict];
    return [
      cell(verdictLabel(verdict), verify[verdict] === 0 ? 'quiet' : tone),
      words,
      verify[verdict],
      percent(verify[verdict], verify.fields),
    ];
  });
  return [
    {
      kind: 'shares',
      label: `${integer(verify.fields)} fields of ${counted(verify.records, 'record')}, read back and compared`,
      parts: parts(verify),
    },
    table(['Verdict', 'Meaning', 'Fields', 'Share'], rows, ''),
    text(
      `${counted(verify.links, 'link')} between records were checked the same way. Records with our mark that the books do not know: ${integer(verify.strays)}. Differences are listed one by one in verification.csv.`,
    ),
  ];
}

function verdictLabel(verdict: Verdict): string {
  return verdict === 'byRule' ? 'by rule' : verdict;
}

function parts(verify: VerifySummary) {
  return verdicts.map((verdict) => ({
    label: verdict,
    value: verify[verdict],
    tone: verdictWords[verdict][1],
  }));
}

async function counts(context: DocumentContext): Promise<Block> {
  const rows = (await gateRows(context)).map(({ entity, at, created, found, straysRemoved }) => [
    entity,
    created,
    found,
    created === found ? cell('agrees', 'good') : cell('differs', 'bad'),
    straysRemoved,
    moment(at),
  ]);
  return table(
    ['Target', 'We made', 'Found there', '', 'Doubles removed', 'When'],
    rows,
    'Nothing has been loaded yet.',
  );
}

function tokens({ forecast, budget }: DocumentContext): Block[] {
  if (forecast === null) return [text('There is no plan yet.')];
  const rows = forecast.phases.map((row) => [
    row.phase,
    row.entity,
    row.operations,
    row.requests,
    row.tokens,
  ]);
  const spent: readonly (readonly ReportCell[])[] = [
    ['Forecast', forecast.requests, forecast.tokens],
    ...(budget === null ? [] : [['Spent', budget.requests, budget.spentHere]]),
    ['Reserved for a rollback', '', forecast.rollbackTokens],
  ];
  return [
    table(['', 'Requests', 'Tokens'], spent, ''),
    table(
      ['Phase', 'Target', 'Operations', 'Requests', 'Tokens forecast'],
      rows,
      'The plan holds no operations.',
    ),
    caps(forecast),
  ];
}

async function leftOut(context: DocumentContext): Promise<Block[]> {
  const totals = await rejectTotals(context.reader);
  const records = totals.map(({ phase, entity, code, field, count }) => [entity, code, field, count, phase]);
  const fields = (context.mapping?.leave ?? []).map(({ entity, field, when, why }) => [
    entity,
    when !== undefined ? 'some records' : field === '*' ? 'all of it' : field,
    why,
  ]);
  return [
    cutTable(
      ['Table', 'Reason', 'Field', 'Records', 'Phase'],
      records,
      readableRows,
      'rejects.csv',
      'No record or value was put aside.',
    ),
    cutTable(
      ['Table', 'Field left out', 'Why'],
      fields,
      readableRows,
      'mapping-workbook.xlsx',
      'No field was left out.',
    ),
  ];
}

function owners({ owners: rows }: DocumentContext): Block[] {
  const count = (group: string) => rows.filter((row) => row.group === group).length;
  if (rows.length === 0) return [text('No owners were named.')];
  return [
    {
      kind: 'shares',
      label: counted(rows.length, 'owner'),
      parts: [
        { label: 'resolved', value: count('resolved'), tone: 'good' },
        { label: 'fallback user', value: count('fallback'), tone: 'plain' },
        { label: 'needs an account', value: count('needs-account'), tone: 'warn' },
        { label: 'open', value: count('open'), tone: 'bad' },
      ],
    },
  ];
}

function decisions({ decisions: given, approvals, questions }: DocumentContext): Block[] {
  const subject = (id: string) => questions.find((question) => question.id === id)?.subject ?? id;
  const approved = approvals.map(({ gate, by, at, hash }) => [gate, by, moment(at), hash.slice(0, 12)]);
  const decided = given.map(({ id, choice, value, by, at }) => [
    subject(id),
    value === undefined ? choice : `${choice}: ${value}`,
    by,
    moment(at),
  ]);
  return [
    table(['Gate', 'Approved by', 'When', 'Hash'], approved, 'Nothing has been approved.'),
    cutTable(
      ['About', 'Decided', 'By', 'When'],
      decided,
      readableRows,
      'mapping-workbook.xlsx',
      'No decision was needed.',
    ),
  ];
}

function handoff({ automations, destinationSystem, policies }: DocumentContext): Block[] {
  const rows = automations.map(({ name, equivalent }) => [name, equivalent]);
  return [
    cutTable(
      ['Rule seen in the source', `How to rebuild it in ${destinationSystem}`],
      rows,
      readableRows,
      'automations.csv',
      'No automation was seen in the data of the source.',
    ),
    text(
      `Questions about the data are answered for ${counted(policies.supportDays, 'day')} after the cutover.`,
    ),
  ];
}

function rollback({ rollback: taken }: DocumentContext): Section[] {
  if (taken === null) return [];
  const rows = taken.kept.map(({ entity, targetId, because }) => [entity, targetId, because]);
  return [
    {
      title: 'Taken back',
      blocks: [
        text(
          `${counted(taken.reversed, 'record')} removed, ${counted(taken.restored, 'record')} restored, ${integer(taken.kept.length)} kept, ${integer(taken.errored)} with errors.`,
        ),
        cutTable(['What', 'Id', 'Kept because'], rows, readableRows, 'rollback.csv', 'Nothing was kept.'),
      ],
    },
  ];
}
