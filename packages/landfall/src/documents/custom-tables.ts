import type { Mapping } from '../model/mapping.ts';
import type { Question } from '../model/question.ts';
import type { SourceCatalog } from '../model/source.ts';
import type { DocumentContext } from './context.ts';
import { lostRelations } from './relations.ts';
import { type Block, cell, cutTable, type ReportCell, table, text } from './report.ts';
import { glance } from './wording.ts';

/** Rows of a table a person still reads. */
const readableRows = 60;

/** What the records of a source table become: records, fields of others, or nothing. */
export function becomesOf(name: string, mapping: Mapping): readonly string[] {
  const own = mapping.entities.filter(({ from }) => from === name).map(({ to }) => String(to));
  const above = mapping.entities
    .filter(({ gather }) => gather?.some(({ from }) => from === name) ?? false)
    .map(({ to }) => (to === 'note' ? 'note' : `fields of ${to}`));
  return [...new Set([...own, ...above])];
}

/** The flatten decisions (DISC-06, D-27, O-26): each table without rules, what it becomes and who has decided so. */
export function customTables(
  context: DocumentContext,
  catalog: SourceCatalog,
  answer: (question: Question) => ReportCell,
): Block[] {
  const { mapping, questions } = context;
  if (mapping === null) return [text('Proposed after `landfall map`.')];
  const asked = questions.filter(({ kind }) => kind === 'custom-entity' || kind === 'unmapped-entity');
  const rows = asked.map((question) => {
    const entity = catalog.entities.find(({ name }) => name === question.subject);
    const becomes = becomesOf(question.subject, mapping);
    return [
      entity?.label ?? question.subject,
      question.recordCount,
      becomes.length === 0 ? cell('not moved', 'quiet') : becomes.join(', '),
      glance(question.question, 300),
      answer(question),
    ];
  });
  return [
    table(
      ['Table', 'Records', 'Becomes', 'Why', 'Decision'],
      rows,
      'Every table of the source is known; none has to be made flat.',
    ),
    ...relations(catalog, mapping),
  ];
}

function relations(catalog: SourceCatalog, mapping: Mapping): Block[] {
  const lost = lostRelations(catalog, mapping);
  if (lost.length === 0) return [];
  const rows = lost.map(({ table: of, field, leadsTo, records, why }) => [of, field, leadsTo, records, why]);
  return [
    text('Relations that do not fit the flat model and are not moved:'),
    cutTable(
      ['Table', 'Relation', 'Leads to', 'Records', 'Why'],
      rows,
      readableRows,
      'mapping-workbook.xlsx',
      '',
    ),
  ];
}
