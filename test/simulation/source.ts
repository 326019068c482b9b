import { lookupKeys } from '../../packages/landfall/src/mapping/key.ts';
import { sourceKey } from '../../packages/landfall/src/model/key.ts';
import type {
  LookupKey,
  Page,
  SourceCatalog,
  SourceConnector,
  SourceRecord,
} from '../../packages/landfall/src/model/source.ts';
import type { Life } from './life.ts';
import type { SourceRow } from './source-rows.ts';

const entities = [
  'companies',
  'contacts',
  'deals',
  'tasks',
  'remarks',
  'files',
  'products',
  'lines',
] as const;
/** What only some sources have. */
const rare: ReadonlySet<string> = new Set(['files', 'products', 'lines']);

/** What each entity is found by: its columns. */
const lookups: Readonly<Record<string, Readonly<Partial<Record<LookupKey['kind'], readonly string[]>>>>> = {
  companies: { name: ['Name'], domain: ['Website'] },
  contacts: { email: ['Email'], name: ['First Name', 'Last Name'] },
  deals: { name: ['Title'] },
  tasks: {},
  remarks: {},
  files: {},
  products: { name: ['Name'] },
  lines: {},
};

/** When somebody changes the source while it is read (F13). */
export interface SourceChange {
  /** Pages that have been read when the change happens. */
  readonly afterPages: number;
}

/** The source as it stands: it may change between two pages, once. */
export class SimulatedSource {
  readonly #rows: readonly SourceRow[];
  readonly #change: SourceChange | null;
  #pages = 0;

  constructor(rows: readonly SourceRow[], change: SourceChange | null) {
    this.#rows = rows;
    this.#change = change;
  }

  /** Whether somebody has changed it. */
  get hasChanged(): boolean {
    return this.#change !== null && this.#pages >= this.#change.afterPages;
  }

  /** The connector one process reads it with. */
  connector(life: Life, pageSize: number): SourceConnector {
    const rows = this.#rows;
    const read = (entity: string, from: number): Page => {
      this.#pages += 1;
      const mine = rows.filter((row) => row.entity === entity);
      const next = from + pageSize < mine.length ? String(from + pageSize) : null;
      const records = mine.slice(from, from + pageSize).map((row, at) => this.#record(row, from + at));
      return { records, rejects: [], next };
    };
    return {
      system: 'crm',
      capabilities: {
        exactCounts: true,
        modifiedSince: false,
        deletions: false,
        binaries: false,
        automations: false,
      },
      check: async () => ({ account: 'simulated', lines: [] }),
      describe: async () => catalogOf(rows),
      async *read(entity, from) {
        for (let at: string | null = from ?? '0'; at !== null; ) {
          await life.turn();
          if (!life.step('source: page')) return new Promise<never>(() => undefined);
          const page = read(entity, Number(at));
          yield page;
          at = page.next;
        }
      },
      async *automations() {},
    };
  }

  #record(row: SourceRow, at: number): SourceRecord {
    const fields = this.hasChanged ? (row.later ?? row.fields) : row.fields;
    return {
      entity: row.entity,
      key: sourceKey(row.entity, row.id),
      fields: Object.assign(Object.create(null), fields),
      position: `${row.entity}:${at + 1}`,
      lookup: lookupsOf(row.entity, row.id, fields),
    };
  }
}

function lookupsOf(entity: string, id: string, fields: SourceRow['fields']): LookupKey[] {
  const found = Object.entries(lookups[entity] ?? {}).flatMap(([kind, columns]) => {
    const text = (columns ?? [])
      .map((column) => fields[column] ?? '')
      .join(' ')
      .trim();
    return text === '' ? [] : lookupKeys(kind as LookupKey['kind'], text);
  });
  return [...lookupKeys('id', id), ...found];
}

const catalogs = new WeakMap<readonly SourceRow[], SourceCatalog>();

function catalogOf(rows: readonly SourceRow[]): SourceCatalog {
  const known = catalogs.get(rows);
  if (known !== undefined) return known;
  // a source without files or products does not speak of them
  const told = entities.filter((name) => !rare.has(name) || rows.some((row) => row.entity === name));
  const catalog = { system: 'crm', issues: [], entities: told.map((name) => entityOf(name, rows)) };
  catalogs.set(rows, catalog);
  return catalog;
}

function entityOf(name: string, rows: readonly SourceRow[]): SourceCatalog['entities'][number] {
  const mine = rows.filter((row) => row.entity === name);
  const names = new Set(mine.flatMap((row) => Object.keys(row.fields)));
  const fields = [...names].map((field) => ({
    name: field,
    standard: null,
    type: 'text' as const,
    evidence: '',
    filled: mine.length,
    distinct: mine.length,
    samples: [],
    values: [],
    format: null,
    formats: [],
    sensitive: false,
  }));
  return { name, label: name, custom: false, count: { value: mine.length, exact: true }, origin: [], fields };
}
