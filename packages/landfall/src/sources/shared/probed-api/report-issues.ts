import { counted } from '../../../base/counted.ts';
import type { CatalogIssue } from '../../../model/source.ts';
import { type ProbeReport, reportLines } from './probe-report.ts';

/** What the probe found out, on the record: the way in, the pages, the limits, files, custom objects (P-03, P-26(c), P-27(d)). */
export function reportIssues(report: ProbeReport): readonly CatalogIssue[] {
  const low = (code: string, at: string, message: string, hint: string): CatalogIssue => ({
    ...{ code, severity: 'low', at, message, hint },
  });
  // what is left of a limit changes by the minute: a catalog must not
  const limits = Object.fromEntries(Object.entries(report.limits).filter(([name]) => name.endsWith('limit')));
  const told = reportLines({ ...report, limits, lists: [], objects: [] });
  return [
    ...unread(report),
    ...told.map((line) => low('probe', report.address, `${line}.`, 'Nothing to do: the evidence is kept.')),
    low(
      'file-transfer',
      'files',
      `How files move: ${report.filesEvidence}.`,
      report.filesOpen ? 'Nothing to do.' : 'Name the folder in landfall.yaml (source.files).',
    ),
    ...report.objects.map(({ label, key, fields }) =>
      low(
        'object-definition',
        key,
        `${label}: ${fields.map((field) => `${field.label} (${field.type}${field.references === null ? '' : `, leads to ${field.references}`})`).join(', ')}.`,
        'How it lands is decided in the mapping.',
      ),
    ),
  ];
}

/** Kinds of records that stay behind, unless somebody does something. */
function unread({ objects, objectsUntold, stopped }: ProbeReport): readonly CatalogIssue[] {
  const hint =
    'Give the key the right to read them and check again, or export them into the folder of source.export.';
  const because =
    stopped === null
      ? 'the API refuses them'
      : `the API refuses them, or they were not asked for: ${stopped}`;
  const closed = objects
    .filter(({ isReadable }) => !isReadable)
    .map(({ key, label }) => ({
      ...{ code: 'object-unreadable', severity: 'high' as const, at: key, hint },
      message: `The records of ${label} are not read: ${because}.`,
    }));
  if (objectsUntold === 0) return closed;
  const message = `The API says that there are ${counted(objectsUntold, 'custom object')} more than it describes: nothing of them is read.`;
  return [...closed, { code: 'objects-untold', severity: 'high', at: 'objects', message, hint }];
}
