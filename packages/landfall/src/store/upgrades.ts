import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What differs between the two databases when tables are made. */
export type Dialect = 'sqlite' | 'postgres';

interface Names {
  readonly dialect: Dialect;
  /** Called after each statement: a place where a test kills the process (F24). */
  readonly crashPoint: (name: string) => void;
}

/** Every upgrade of the schema, oldest first: a released one is never changed, a new one is added. */
export function upgradesFor(
  dialect: Dialect,
  crashPoint: (name: string) => void,
): Readonly<Record<string, Migration>> {
  return { '0001-first': { up: (db) => first(db, { dialect, crashPoint }) } };
}

const textColumns = (text: string) => text.split(' ').filter((name) => name !== '');

/** Text, compared by its bytes on both. */
function text(dialect: Dialect): RawBuilder<unknown> {
  return dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
}

interface TableShape {
  readonly name: string;
  /** Columns in order: `name` text, `name?` text or nothing, `name#` a whole number. */
  readonly columns: string;
  readonly key: string;
  /** Small rows that live in their key's tree; of no meaning on Postgres. */
  readonly clustered?: boolean;
}

const firstTables: readonly TableShape[] = [
  { name: 'setting', columns: 'name content', key: 'name' },
  { name: 'sequence', columns: 'name last#', key: 'name', clustered: true },
  { name: 'staged', columns: 'entity seq# key position lookup fields', key: 'entity seq' },
  { name: 'lookup', columns: 'entity kind value seq#', key: 'entity kind value seq', clustered: true },
  {
    name: 'tally',
    columns: 'kind subject mark count# value',
    key: 'kind subject mark',
    clustered: true,
  },
  { name: 'reject', columns: 'seq# phase entity key? position code field? reason', key: 'seq' },
  { name: 'draft', columns: 'entity seq# key part position title links fields', key: 'entity seq' },
  {
    name: 'operation',
    columns:
      'seq# entity key part action state cost_tokens# attempt# target_id? fingerprint because links extra',
    key: 'seq',
  },
  { name: 'step', columns: 'seq# state cost_tokens# because ids step', key: 'seq' },
  { name: 'identity', columns: 'entity key part target_id', key: 'entity key part', clustered: true },
  {
    name: 'existing',
    columns: 'entity kind value target_id',
    key: 'entity kind value target_id',
    clustered: true,
  },
  { name: 'before_image', columns: 'entity target_id image', key: 'entity target_id' },
  { name: 'ledger', columns: 'side entity counter amount#', key: 'side entity counter', clustered: true },
  {
    name: 'finding',
    columns: 'seq# entity source_key target_id? field verdict expected found',
    key: 'seq',
  },
  { name: 'question', columns: 'id asker place# body', key: 'id' },
  { name: 'decision', columns: 'id choice value? decided_by decided_at', key: 'id' },
  { name: 'audit', columns: 'seq# at kind body previous hash', key: 'seq' },
];

const firstIndexes = [
  'create unique index staged_key on staged (migration, key)',
  'create unique index draft_ref on draft (migration, entity, key, part)',
  'create index operation_ref on operation (migration, entity, key, part)',
  'create index operation_state on operation (migration, entity, state, seq)',
  'create index identity_target on identity (migration, entity, target_id)',
];

async function first(db: Kysely<unknown>, names: Names): Promise<void> {
  await makeMigrationTable(db, names.dialect);
  names.crashPoint('store: upgrade, after a table');
  for (const shape of firstTables) {
    await makeTable(db, shape, names.dialect);
    names.crashPoint('store: upgrade, after a table');
  }
  for (const statement of [...firstIndexes, ...auditGuards(names.dialect)]) {
    await sql.raw(statement).execute(db);
    names.crashPoint('store: upgrade, after an index');
  }
}

async function makeMigrationTable(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const number = dialect === 'sqlite' ? 'integer' : 'bigint';
  await db.schema
    .createTable('migration')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'serial', (column) => column.primaryKey())
    .addColumn('name', text(dialect), (column) => column.notNull().unique())
    .addColumn('epoch', number, (column) => column.notNull().defaultTo(0))
    .addColumn('holder', text(dialect))
    .addColumn('renewed_ms', number, (column) => column.notNull().defaultTo(0))
    .addColumn('ttl_ms', number, (column) => column.notNull().defaultTo(0))
    .execute();
}

async function makeTable(db: Kysely<unknown>, shape: TableShape, dialect: Dialect): Promise<void> {
  let table: CreateTableBuilder<string, string> = db.schema
    .createTable(shape.name)
    .addColumn('migration', 'integer', (column) => column.notNull());
  for (const column of textColumns(shape.columns)) {
    const name = column.replace(/[#?]$/, '');
    const type = column.endsWith('#') ? (dialect === 'sqlite' ? 'integer' : 'bigint') : text(dialect);
    table = table.addColumn(name, type, (built) => (column.endsWith('?') ? built : built.notNull()));
  }
  table = table.addPrimaryKeyConstraint(`${shape.name}_pk`, ['migration', ...textColumns(shape.key)]);
  if (shape.clustered === true && dialect === 'sqlite') table = table.modifyEnd(sql`without rowid`);
  await table.execute();
}

/** The audit log can only grow (AUD-01). */
function auditGuards(dialect: Dialect): readonly string[] {
  if (dialect === 'sqlite') {
    return ['update', 'delete'].map(
      (verb) =>
        `create trigger audit_no_${verb} before ${verb} on audit begin select raise(abort, 'the audit log only grows'); end`,
    );
  }
  return [
    `create function audit_only_grows() returns trigger language plpgsql as $$ begin raise exception 'the audit log only grows'; end $$`,
    'create trigger audit_no_change before update or delete on audit for each row execute function audit_only_grows()',
    'create trigger audit_no_truncate before truncate on audit for each statement execute function audit_only_grows()',
  ];
}
