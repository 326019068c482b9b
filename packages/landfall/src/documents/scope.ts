import { counted, integer } from '../base/counted.ts';
import type { Question } from '../model/question.ts';
import type { SourceCatalog, SourceEntity } from '../model/source.ts';
import { attachedFiles } from './attached-files.ts';
import type { DocumentContext, FieldLine } from './context.ts';
import { becomesOf, customTables } from './custom-tables.ts';
import { filesRead } from './files-read.ts';
import { dateKeeping, keepingText, lossyRows } from './losses.ts';
import { orderedOwners, ownerGroups } from './owners.ts';
import { footerOf } from './reconciliation.ts';
import {
  type Block,
  cell,
  cutTable,
  type Fact,
  type Report,
  type ReportCell,
  type Section,
  table,
  text,
} from './report.ts';
import { stageOrigins } from './stage-origins.ts';
import { stageLines, stageNames } from './stages.ts';
import { glance, moment, samplesOf } from './wording.ts';

/** Rows of a table a person still reads; the rest is in the CSV named. */
const readableRows = 60;

/** The scope document: what there is, what it becomes, what is lost and what people must decide (DOC-01, DISC-14..16). */
export async function scopeReport(context: DocumentContext): Promise<Report> {
  const { catalog } = context;
  const files = catalog === null ? [] : await attachedFiles(context, catalog);
  return {
    title: `Scope of the migration ${context.name}`,
    subtitle: `${context.sourceSystem} to ${context.destinationSystem}${context.account === null ? '' : ` (${context.account.account})`}. To be approved before any record moves.`,
    facts: catalog === null ? [] : facts(context, catalog),
    sections:
      catalog === null
        ? [
            {
              title: 'Not known yet',
              blocks: [text('The source has not been looked at. Run `landfall discover`.')],
            },
          ]
        : sections(context, catalog, files),
    footer: footerOf(context),
  };
}

function sections(context: DocumentContext, catalog: SourceCatalog, files: readonly Block[]): Section[] {
  return [
    {
      title: 'What there is',
      blocks: [recordsTable(context, catalog), ...filesRead(catalog), ...completeness(catalog)],
    },
    { title: 'Fields that need a decision', blocks: customFields(context) },
    {
      title: 'Tables without rules',
      blocks: customTables(context, catalog, (question) => answerCell(context, question)),
    },
    { title: 'Pipelines and stages', blocks: stages(context, catalog) },
    { title: 'Owners', blocks: owners(context) },
    ...(files.length === 0 ? [] : [{ title: 'Attachments', blocks: files }]),
    { title: 'Currencies', blocks: [currencies(context, catalog)] },
    { title: 'Dates that cannot be kept', blocks: dates(context) },
    { title: 'What stays behind, and why', blocks: losses(context) },
    { title: 'Automations', blocks: automations(context) },
    { title: 'Open questions', blocks: [questions(context)] },
    { title: 'Approvals', blocks: [approvals(context)] },
  ];
}

function facts(context: DocumentContext, catalog: SourceCatalog): Fact[] {
  const records = catalog.entities.reduce((sum, { count }) => sum + count.value, 0);
  const exact = catalog.entities.every(({ count }) => count.exact);
  const open = openQuestions(context).length;
  const high = catalog.issues.filter(({ severity }) => severity === 'high').length;
  const custom = catalog.entities.flatMap(({ fields }) =>
    fields.filter(({ standard }) => standard === null),
  ).length;
  return [
    {
      label: 'Records',
      value: integer(records),
      note: exact ? `counted, in ${counted(catalog.entities.length, 'table')}` : 'at least',
      tone: 'plain',
    },
    { label: 'Custom fields', value: integer(custom), note: 'beside the standard ones', tone: 'plain' },
    {
      label: 'Open questions',
      value: integer(open),
      note: open === 0 ? 'nothing waits for you' : 'wait for you',
      tone: open === 0 ? 'good' : 'warn',
    },
    {
      label: 'Completeness',
      value: high === 0 ? 'good' : counted(high, 'problem'),
      note: `${counted(catalog.issues.length, 'remark')} in all`,
      tone: high === 0 ? 'good' : 'bad',
    },
  ];
}

function recordsTable({ mapping }: DocumentContext, catalog: SourceCatalog): Block {
  const becomes = (entity: SourceEntity): ReportCell => {
    const targets = mapping === null ? [] : becomesOf(entity.name, mapping);
    if (targets.length > 0) return targets.join(', ');
    return mapping === null ? 'not proposed yet' : cell('not moved', 'quiet');
  };
  const rows = catalog.entities.map((entity) => [
    entity.label,
    entity.count.exact ? entity.count.value : `at least ${integer(entity.count.value)}`,
    becomes(entity),
    entity.fields.length,
    entity.fields.filter(({ standard }) => standard === null).length,
    entity.origin.join(', '),
  ]);
  return table(
    ['Table', 'Records', 'Becomes', 'Fields', 'Custom', 'Where'],
    rows,
    'No table was recognised.',
  );
}

const severityTone = { high: 'bad', medium: 'warn', low: 'quiet' } as const;

function completeness({ issues }: SourceCatalog): Block[] {
  if (issues.length === 0)
    return [
      {
        kind: 'note',
        tone: 'good',
        text: 'The export looks complete: no gaps, cut files or broken ids were found.',
      },
    ];
  const rows = issues.map(({ severity, at, message, hint }) => [
    cell(severity, severityTone[severity]),
    at,
    message,
    hint,
  ]);
  return [
    text('Found while checking that the export is complete:'),
    cutTable(['Weight', 'Where', 'What', 'What to do'], rows, readableRows, 'quality.csv', ''),
  ];
}

function customFields(context: DocumentContext): Block[] {
  const fields = context.questions.filter(
    ({ kind }) => kind === 'custom-field' || kind === 'tags' || kind === 'date-format',
  );
  const rows = fields.map((question) => {
    const line = lineOf(context, question);
    const type = typeOf(context.catalog, line);
    return [
      line?.entity ?? '',
      line?.source ?? question.subject,
      type,
      line?.filled ?? question.recordCount,
      line === null ? '' : samplesOf(line),
      line?.target ?? cell('left out', 'quiet'),
      answerCell(context, question),
    ];
  });
  return [
    table(
      ['Table', 'Field', 'Type', 'Filled', 'Samples', 'Proposed', 'Decision'],
      rows,
      context.mapping === null
        ? 'Known after `landfall map`.'
        : 'Every field of the source is known; none needs a decision.',
    ),
  ];
}

function lineOf(context: DocumentContext, { subject }: Question): FieldLine | null {
  return context.proposed.find(({ entity, source }) => `${entity}.${source}` === subject) ?? null;
}

function typeOf(catalog: SourceCatalog | null, line: FieldLine | null): string {
  const entity = catalog?.entities.find(({ name }) => name === line?.entity);
  return entity?.fields.find(({ name }) => name === line?.source)?.type ?? '';
}

function answerCell(context: DocumentContext, question: Question): ReportCell {
  const decision = context.decisions.find(({ id }) => id === question.id);
  if (decision !== undefined)
    return cell(`${decision.choice}${decision.value === undefined ? '' : `: ${decision.value}`}`, 'good');
  const usual = question.choices.find((choice) => choice.default)?.id;
  return cell(`open${usual === undefined ? '' : `, proposed: ${usual}`}`, 'warn');
}

function stages(context: DocumentContext, catalog: SourceCatalog): Block[] {
  if (context.mapping === null) return [text('Proposed after `landfall map`.')];
  const rows = stageLines(context).map((line) => [
    line.pipeline,
    line.place ?? '',
    line.outcome === null ? line.stage : cell(line.outcome, line.outcome === 'won' ? 'good' : 'quiet'),
    line.probability === null ? '' : `${line.probability} %`,
    stageNames(line),
  ]);
  return [
    ...stageOrigins(context.mapping, catalog).map(text),
    table(
      ['Pipeline', 'Order', 'Stage', 'Probability', 'Names in the source'],
      rows,
      'No deal names a stage.',
    ),
  ];
}

function owners(context: DocumentContext): Block[] {
  const rows = orderedOwners(context.owners).map(({ owner, records, userName, group, evidence }) => [
    owner,
    records,
    userName ?? '',
    cell(ownerGroups[group], group === 'resolved' ? 'good' : group === 'fallback' ? 'quiet' : 'warn'),
    evidence,
  ]);
  if (rows.length > 0)
    return [
      cutTable(['Owner', 'Records', 'User', 'State', 'Evidence'], rows, readableRows, 'owners.csv', ''),
    ];
  const seen = (context.catalog?.entities ?? []).flatMap(({ name, fields }) =>
    fields
      .filter(({ type }) => type === 'owner')
      .flatMap(({ values }) => values.map(({ value, count }) => [value, name, count])),
  );
  return [
    text('Owners are matched with users when the plan is made. Named in the source:'),
    cutTable(['Owner', 'Table', 'Records'], seen, readableRows, 'owners.csv', 'No owner is named.'),
  ];
}

function currencies({ policies, account, target }: DocumentContext, catalog: SourceCatalog): Block {
  const known = new Set(target?.currencies ?? []);
  const rows = catalog.entities.flatMap((entity) =>
    entity.fields
      .filter(({ type }) => type === 'currency')
      .flatMap(({ name, values }) =>
        values.map(({ value, count }) => [
          value,
          `${entity.name}.${name}`,
          count,
          known.size === 0 || known.has(value.toUpperCase())
            ? ''
            : cell(`not in ${account?.account ?? 'the account'}`, 'warn'),
        ]),
      ),
  );
  return table(
    ['Currency', 'Field', 'Records', ''],
    rows,
    `The source names no currency; amounts without one are taken as ${policies.currency}.`,
  );
}

function dates({ mapping, target, destinationSystem }: DocumentContext): Block[] {
  if (mapping === null || target === null)
    return [text(`Known when ${destinationSystem} has been looked at and the mapping is proposed.`)];
  const items = dateKeeping(mapping, target).map(keepingText);
  return [{ kind: 'list', items }];
}

function losses({ mapping, proposed }: DocumentContext): Block[] {
  if (mapping === null) return [text('Known after `landfall map`.')];
  const filled = (entity: string, field: string) =>
    proposed.find((line) => line.entity === entity && line.source === field)?.filled ?? '';
  const rows = mapping.leave.map(({ entity, field, when, why }) => [
    entity,
    when !== undefined ? 'some records' : field === '*' ? 'all of it' : field,
    filled(entity, field),
    why,
  ]);
  const lossy = lossyRows(mapping);
  return [
    cutTable(
      ['Table', 'Field', 'Filled', 'Why'],
      rows,
      readableRows,
      'mapping-workbook.xlsx',
      'Every field of the source is moved.',
    ),
    ...(lossy.length === 0 ? [] : [text('Moved in part:'), { kind: 'list' as const, items: lossy }]),
    text(
      'Automations, sequences and reports of the source are not moved; what could be seen of them is listed below.',
    ),
  ];
}

function automations(context: DocumentContext): Block[] {
  const seen = context.automations.filter(({ detected }) => detected);
  const rows = seen.map(({ name, evidence, equivalent }) => [name, evidence, equivalent]);
  const none =
    'No rule of the source could be seen in its data. That does not mean that there is none: ask its administrator.';
  return [
    cutTable(
      ['Rule', 'Evidence', `How to rebuild it in ${context.destinationSystem}`],
      rows,
      readableRows,
      'automations.csv',
      none,
    ),
  ];
}

function openQuestions({ questions: all, decisions }: DocumentContext): readonly Question[] {
  return all.filter(({ id }) => !decisions.some((decision) => decision.id === id));
}

function questions(context: DocumentContext): Block {
  const rows = openQuestions(context).map(({ id, question, choices, blocks }) => [
    id,
    glance(question, 220),
    choices.map((choice) => `${choice.id}${choice.default ? ' (proposed)' : ''}`).join(', '),
    blocks ?? '',
  ]);
  return cutTable(
    ['Id', 'Question', 'Answers', 'Waits'],
    rows,
    readableRows,
    'the queue (landfall queue)',
    'Nothing waits for a decision.',
  );
}

function approvals({ approvals: given }: DocumentContext): Block {
  const rows = given.map(({ gate, by, at, hash }) => [gate, by, moment(at), hash.slice(0, 12)]);
  return table(['Gate', 'By', 'When', 'What was approved (hash)'], rows, 'Nothing has been approved yet.');
}
