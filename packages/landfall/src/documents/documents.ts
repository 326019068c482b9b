import { join } from 'node:path';
import { assert } from '../base/assert.ts';
import { writeAtomically } from '../files/atomic-file.ts';
import type { DataSet } from '../model/data-set.ts';
import { attachmentsDocument } from './attachments.ts';
import { writeAnchors, writeAuditLog } from './audit.ts';
import type { DocumentContext } from './context.ts';
import { customFieldsDocument } from './custom-fields.ts';
import { writeDataSet } from './data-sets.ts';
import { linksDocument } from './links.ts';
import { writeMappingWorkbook } from './mapping-workbook.ts';
import { markdownOf } from './markdown.ts';
import { ownersDocument } from './owners.ts';
import { pageOf } from './page.ts';
import { planReport } from './plan.ts';
import { automationsDocument, rollbackDocument, verificationDocument } from './proof.ts';
import { qualityDocument } from './quality-document.ts';
import { reconciliationDocument, reconciliationReport } from './reconciliation.ts';
import { writeRejects } from './rejects.ts';
import type { Report } from './report.ts';
import { scopeReport } from './scope.ts';
import { stagesDocument } from './stages.ts';
import { summaryReport } from './summary.ts';
import { type TableDocument, writeTable } from './table-document.ts';
import { upgradeReport } from './upgrade.ts';

type Writer = (context: DocumentContext, directory: string) => Promise<string[]>;

const writers = {
  scope: reports({ 'scope.md': 'markdown', 'scope.html': 'page' }, scopeReport),
  'mapping-workbook': writeMappingWorkbook,
  'custom-fields': tables(customFieldsDocument),
  stages: tables(stagesDocument),
  owners: tables(ownersDocument),
  quality: tables(qualityDocument),
  rejects: writeRejects,
  attachments: tables(attachmentsDocument),
  plan: reports({ 'plan.md': 'markdown' }, planReport),
  upgrade: reports({ 'upgrade.md': 'markdown' }, upgradeReport),
  reconciliation: both(
    tables(reconciliationDocument),
    reports({ 'reconciliation.md': 'markdown' }, booksOnce),
  ),
  links: tables(linksDocument),
  verification: tables(verificationDocument),
  automations: tables(automationsDocument),
  'deal-history': dataSet('deal-history'),
  'stage-counts': dataSet('stage-counts'),
  'task-completion': dataSet('task-completion'),
  'lead-sources': dataSet('lead-sources'),
  commissions: dataSet('commissions'),
  rollback: tables(rollbackDocument),
  'audit-anchors': writeAnchors,
  'audit-log': writeAuditLog,
  summary: reports({ 'summary.html': 'page' }, summaryReport),
} as const satisfies Record<string, Writer>;

/** A document by its name without an ending. */
export type DocumentName = keyof typeof writers;

/** Every document there is, in the order of the journey. */
export const documentNames = Object.keys(writers) as readonly DocumentName[];

/** The document a person means by `scope`, `scope.md` or `scope.html`; null when there is none of that name. */
export function documentNamed(text: string): DocumentName | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/\.[a-z]+$/, '');
  return documentNames.find((name) => name === bare) ?? null;
}

/**
 * Writes one document into the folder (made when missing), each file whole or not at all, and gives the paths written.
 * [] when there is nothing to tell yet. Large ones stream: memory stays flat.
 */
export async function writeDocument(
  name: DocumentName,
  context: DocumentContext,
  directory: string,
): Promise<string[]> {
  const writer: Writer | undefined = Object.hasOwn(writers, name) ? writers[name] : undefined;
  assert(writer !== undefined, `there is a document named ${name}`);
  return writer(context, directory);
}

function tables(document: TableDocument): Writer {
  return (context, directory) => writeTable(document, context, directory);
}

function dataSet(name: DataSet['name']): Writer {
  return (context, directory) => writeDataSet(name, context, directory);
}

function both(first: Writer, second: Writer): Writer {
  return async (context, directory) => [
    ...(await first(context, directory)),
    ...(await second(context, directory)),
  ];
}

type Form = 'markdown' | 'page';

function reports(
  files: Readonly<Record<string, Form>>,
  make: (context: DocumentContext) => Report | null | Promise<Report | null>,
): Writer {
  return async (context, directory) => {
    const report = await make(context);
    if (report === null) return [];
    const written: string[] = [];
    for (const [file, form] of Object.entries(files)) {
      const path = join(directory, file);
      await writeAtomically(path, form === 'markdown' ? markdownOf(report) : pageOf(report));
      written.push(path);
    }
    return written;
  };
}

function booksOnce(context: DocumentContext): Promise<Report | null> {
  return Object.keys(context.ledger.source).length === 0
    ? Promise.resolve(null)
    : reconciliationReport(context);
}
