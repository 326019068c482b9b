import { z } from 'zod';

const pagingShape = z.union([
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('page'),
    page: z.string(),
    size: z.string(),
    first: z.number(),
    pageRecords: z.number(),
  }),
  z.strictObject({
    kind: z.literal('offset'),
    offset: z.string(),
    size: z.string(),
    pageRecords: z.number(),
  }),
  z.strictObject({
    kind: z.literal('cursor'),
    cursor: z.string(),
    size: z.string(),
    pageRecords: z.number(),
  }),
]);

const listShape = z.strictObject({
  name: z.string(),
  path: z.string(),
  /** 0: it was not asked. */
  status: z.number(),
  isReadable: z.boolean(),
  /** What the service says; null: it says none. */
  total: z.number().nullable(),
  evidence: z.string(),
});

const objectShape = z.strictObject({
  key: z.string(),
  label: z.string(),
  path: z.string(),
  isReadable: z.boolean(),
  fields: z.array(
    z.strictObject({
      key: z.string(),
      label: z.string(),
      type: z.string(),
      references: z.string().nullable(),
    }),
  ),
});

const reportShape = z.strictObject({
  version: z.literal(1),
  at: z.string(),
  address: z.string(),
  requests: z.number(),
  /** The name of the way to sign in that was let in; null: none was. */
  auth: z.string().nullable(),
  authEvidence: z.string(),
  paging: pagingShape,
  pagingEvidence: z.string(),
  items: z.string(),
  total: z.string().nullable(),
  next: z.string().nullable(),
  limits: z.record(z.string(), z.string()),
  since: z.boolean(),
  filesOpen: z.boolean(),
  filesEvidence: z.string(),
  /** Why it ended before everything was asked; null: it did not. */
  stopped: z.string().nullable(),
  lists: z.array(listShape),
  objects: z.array(objectShape),
  /** Custom objects that the service says there are and whose definitions did not come. */
  objectsUntold: z.number(),
  log: z.array(z.strictObject({ method: z.string(), path: z.string(), status: z.number() })),
});

/** What a probe found out: what can be read and how, with the evidence. Holds no secret and no record. */
export type ProbeReport = z.infer<typeof reportShape>;

/** One list of a report. */
export type ListFinding = ProbeReport['lists'][number];

/** A custom object of a report. */
export type ObjectFinding = ProbeReport['objects'][number];

/** A report that was kept; null when there is none, or one of another version or address. */
export function readReport(text: string | null, address: string): ProbeReport | null {
  if (text === null) return null;
  try {
    const parsed = reportShape.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.address === address ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The report as lines for people: how to sign in, the pages, the limits, each list. */
export function reportLines(report: ProbeReport): readonly string[] {
  const { requests, address, authEvidence, pagingEvidence, limits, lists, stopped } = report;
  const told = Object.entries(limits).map(([name, value]) => `${name}: ${value}`);
  return [
    `${address}: asked ${requests} times, GET and OPTIONS only${stopped === null ? '' : `; ${stopped}`}`,
    `signing in: ${authEvidence}`,
    `pages: ${pagingEvidence}`,
    `limits: ${told.length === 0 ? 'the API tells none; it is read slowly and slower after each refusal' : told.join(', ')}`,
    ...lists.map(({ name, evidence }) => `${name}: ${evidence}`),
    ...(report.objects.length === 0 ? [] : [objectsLine(report.objects)]),
    `files: ${report.filesEvidence}`,
  ];
}

function objectsLine(objects: ProbeReport['objects']): string {
  const words = objects.map(
    ({ label, fields, isReadable }) =>
      `${label} (${fields.length} fields${isReadable ? '' : ', records not readable'})`,
  );
  return `custom objects: ${words.join(', ')}`;
}
