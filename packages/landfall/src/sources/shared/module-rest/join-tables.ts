import { type Json, plainText } from './member.ts';
import type { PlannedModule } from './module-plan.ts';
import type { Tables } from './read-tables.ts';
import type { ChildTable, RestCatalog, TableService } from './rest-catalog.ts';

/** The records of a module, each with the rows of its child tables, custom values and tags in it; in the order of ids. */
export async function joinedRecords(
  service: TableService,
  catalog: RestCatalog,
  tables: Tables,
  module: PlannedModule,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  const { table, numberField } = module;
  const records = (await tables.rows(table, signal)).map((row): Record<string, unknown> => ({ ...row }));
  const byNumber = new Map<string, Record<string, unknown>>();
  let shared = 0;
  for (const record of records) {
    const number = plainText(record[numberField]);
    if (byNumber.has(number)) shared += 1;
    else if (number !== '') byNumber.set(number, record);
  }
  tables.note(module.key, { table, lost: 0, shared });
  const parts = { module: module.key, tables, byNumber, live: catalog.live };
  for (const child of module.children) await addChildren(parts, child, signal);
  await addCustomValues(service, parts, module, signal);
  await addTags(service, parts, module, signal);
  const idOf = (row: Json) => Number(row[catalog.id]);
  return records.toSorted((left, right) => idOf(left) - idOf(right));
}

interface Joined {
  readonly module: string;
  readonly tables: Tables;
  /** Records by the number their parts name them by; of several with one number the first. */
  readonly byNumber: ReadonlyMap<string, Record<string, unknown>>;
  /** The member of a row that is false when it was deleted. */
  readonly live: string;
}

/** Hands each row of a table to the record it names; what names none is taken down. */
async function join(
  { module, tables, byNumber, live }: Joined,
  { table, by, where = () => true }: { table: string; by: string; where?: (row: Json) => boolean },
  add: (record: Record<string, unknown>, row: Json) => void,
  signal: AbortSignal,
): Promise<void> {
  let lost = 0;
  for (const row of await tables.rows(table, signal)) {
    if (!where(row)) continue;
    const record = byNumber.get(plainText(row[by]));
    const isDeleted = row[live] === false;
    // the parts of a deleted record were deleted with it, and still name it where others mention it
    if (record === undefined) lost += isDeleted ? 0 : 1;
    else if (!isDeleted || record[live] === false) add(record, row);
  }
  tables.note(module, { table, lost, shared: 0 });
}

function addChildren(parts: Joined, child: ChildTable, signal: AbortSignal): Promise<void> {
  const add = (record: Record<string, unknown>, row: Json) => {
    if (child.gives === 'columns') addColumns(record, row);
    else if (child.gives === 'values') pushTo(record, child.into, row[child.column]);
    else if (child.gives === 'rows') pushTo(record, child.into, row);
    else
      pushTo(record, child.into, {
        type: row[child.type],
        value: row[child.value],
        primary: row[child.first] === true,
      });
  };
  return join(parts, child, add, signal);
}

/** What the record has of its own stays: id, times and owner of a child row are the child's. */
function addColumns(record: Record<string, unknown>, row: Json): void {
  for (const [name, value] of Object.entries(row)) if (!Object.hasOwn(record, name)) record[name] = value;
}

function pushTo(record: Record<string, unknown>, name: string, value: unknown): void {
  const list = record[name];
  if (Array.isArray(list)) list.push(value);
  else record[name] = [value];
}

function addCustomValues(
  { customFields }: TableService,
  parts: Joined,
  { table, numberField }: PlannedModule,
  signal: AbortSignal,
): Promise<void> {
  const add = (record: Record<string, unknown>, row: Json) => {
    record[plainText(row[customFields.field])] = row[customFields.value];
  };
  return join(parts, { table: `${table}${customFields.valueTable}`, by: numberField }, add, signal);
}

async function addTags(
  { tags }: TableService,
  parts: Joined,
  { id, known }: PlannedModule,
  signal: AbortSignal,
): Promise<void> {
  const field = known?.fields.find(({ type }) => type === 'tags');
  if (field === undefined) return;
  const where = (row: Json) => plainText(row[tags.members.module]) === id;
  const add = (record: Record<string, unknown>, row: Json) =>
    pushTo(record, field.key, row[tags.members.name]);
  await join(parts, { table: tags.path, by: tags.members.record, where }, add, signal);
}
