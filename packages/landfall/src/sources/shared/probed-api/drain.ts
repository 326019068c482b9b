import { MigrationError } from '../../../model/error.ts';
import type { RestClient } from '../module-rest/rest-client.ts';
import { walk } from '../module-rest/walk.ts';
import type { ObjectFinding, ProbeReport } from './probe-report.ts';
import { type FileAccess, type Row, type RowRules, rowsOf } from './row-rules.ts';
import type { Manifest, SpooledList, SpoolWriter } from './spool.ts';

/** What is read out of an API and into a spool. */
export interface Drained {
  readonly client: RestClient;
  readonly report: ProbeReport;
  readonly rules: readonly RowRules[];
  /** Entities that are read over the API. */
  readonly entities: ReadonlySet<string>;
  readonly at: string;
  readonly origin: string;
}

/** Reads every chosen list and every readable custom object into a spool. Throws as the client does. */
export async function drain(drained: Drained, writer: SpoolWriter, signal: AbortSignal): Promise<Manifest> {
  const { report, rules, entities } = drained;
  const access = { origin: drained.origin, isOpen: report.filesOpen };
  const tables: SpooledList[] = [];
  for (const rule of rules.filter(({ entity }) => entities.has(entity))) {
    const list = report.lists.find(({ name, isReadable }) => name === rule.list && isReadable);
    if (list === undefined) continue;
    const rows = rowsOfList(drained, list.path, rule, access, signal);
    const file = `${rule.entity}.jsonl`;
    tables.push({
      entity: rule.entity,
      file,
      title: `API ${list.path}`,
      trouble: null,
      ...(await writer.write(file, rows)),
    });
  }
  for (const [at, object] of report.objects.entries()) {
    if (!object.isReadable) continue;
    const file = `object-${at}.jsonl`;
    const { header, rows } = await writer.write(file, rowsOfObject(drained, object, signal));
    const columns = [...new Set([ownId(object), ...columnsOf(object).values(), ...header])];
    tables.push({ entity: null, file, title: `API ${object.path}`, header: columns, rows, trouble: null });
  }
  return { version: 1, at: drained.at, address: report.address, tables };
}

async function* rowsOfList(
  { client }: Drained,
  path: string,
  rule: RowRules,
  access: FileAccess,
  signal: AbortSignal,
): AsyncIterable<readonly Row[]> {
  const list = { path: `/${path}`, what: `reading ${path}`, id: 'id' };
  for await (const { items } of walk(client, list, null, signal))
    yield items.flatMap((item) => rowsOf(item, rule, access));
}

/** Columns go by the labels people know; the id of another record ends in ID, as in a table of an export. */
async function* rowsOfObject(
  { client }: Drained,
  object: ObjectFinding,
  signal: AbortSignal,
): AsyncIterable<readonly Row[]> {
  const list = { path: `/${object.path}`, what: `reading ${object.label}`, id: 'id' };
  const columns = columnsOf(object);
  const taken = new Set([ownId(object), ...columns.values()]);
  const rules = { entity: object.key, list: object.key };
  for await (const { items } of walk(client, list, null, signal)) {
    yield items
      .flatMap((item) => rowsOf(item, rules, { origin: '', isOpen: false }))
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, text]) => [
            name === 'id' ? ownId(object) : (columns.get(name) ?? freeName(taken, name, name)),
            text,
          ]),
        ),
      );
  }
}

function ownId({ label }: ObjectFinding): string {
  return `${label} ID`;
}

/** The column of each field: labels may be given twice, columns may not. */
function columnsOf(object: ObjectFinding): ReadonlyMap<string, string> {
  const taken = new Set([ownId(object)]);
  const columns = new Map<string, string>();
  for (const field of object.fields) {
    const name = freeName(taken, columnOf(field), field.key);
    columns.set(field.key, name);
    taken.add(name);
  }
  return columns;
}

function freeName(taken: ReadonlySet<string>, name: string, key: string): string {
  return taken.has(name) ? `${name} (${key})` : name;
}

function columnOf({ label, references }: ObjectFinding['fields'][number]): string {
  return references === null || /\bid$/i.test(label) ? label : `${label} ID`;
}

/** The trouble of an API that hands out nothing while nothing else is there. */
export function nothingThere(label: string, workbook: string): MigrationError {
  return new MigrationError(
    'nothing-to-read',
    `${label} hands out nothing over its API, and there is no export. ${workbook} has a sheet for each kind of record, to be filled in by hand.`,
    {
      at: 'landfall.yaml',
      hint: 'Fill it in (or export the tables), put it into a folder, and name that folder as source.export.',
    },
  );
}
