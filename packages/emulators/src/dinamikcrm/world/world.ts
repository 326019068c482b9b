import { type SeededRandom, seededRandom } from '../../kit/random.ts';
import type { Module } from '../schema/module.ts';
import { MODULES, moduleNamed } from '../schema/schema.ts';
import { bytesOf } from './contents.ts';
import { CUSTOM_MAKERS } from './custom-makers.ts';
import { LOOSE_TAGS, TAG_GROUPS } from './furniture.ts';
import { type Maker, type Making, someTime, someUser } from './makers.ts';
import { PEOPLE_MAKERS } from './people-makers.ts';
import { countOf, type WorldPlan } from './plan.ts';
import { PLANTED } from './planted.ts';
import { type Cell, minuteText, numberOf, type Row } from './row.ts';
import { SALES_MAKERS } from './sales-makers.ts';
import { WORK_MAKERS } from './work-makers.ts';

const MAKERS: Readonly<Record<string, Maker>> = {
  ...PEOPLE_MAKERS,
  ...SALES_MAKERS,
  ...WORK_MAKERS,
  ...CUSTOM_MAKERS,
};

/** The records that an account begins with, by module. The same plan gives the same records. */
export function worldOf(plan: WorldPlan): Map<string, Row[]> {
  const tables = new Map(MODULES.map((module) => [module.key, rowsOf(plan, module)]));
  tables.set('tag', tagRows(tables));
  priceByLines(tables, 'proposal', 'proposalProduct', 'proposalId');
  priceByLines(tables, 'sales', 'salesProduct', 'salesId');
  return tables;
}

function rowsOf(plan: WorldPlan, module: Module): Row[] {
  const maker = MAKERS[module.key];
  const count = countOf(plan, module.key);
  if (!maker || count === 0) return [];
  // A stream for each module: a change to one leaves the others as they are.
  const random = seededRandom(plan.seed * 1_009 + module.id);
  const making = (index: number): Making => ({
    random,
    index,
    anId: (key) => random.between(1, countOf(plan, key)),
    count: (key) => countOf(plan, key),
  });
  const planted = new Map(
    PLANTED.flatMap(({ module: key, id, values }) =>
      key === module.key && id && values ? [[id, values]] : [],
    ),
  );
  return Array.from({ length: count }, (_, index) => {
    const usual = {
      ...usualOf(module, index + 1, random),
      ...maker(making(index)),
      ...tagsOf(module, random),
    };
    const row = { ...usual, ...planted.get(index + 1), id: index + 1 } as unknown as Row;
    return module.key === 'attach' && row.sizeBytes === null
      ? { ...row, sizeBytes: bytesOf(row).length }
      : row;
  });
}

/** What every row has. One in forty was deleted. */
function usualOf(module: Module, id: number, random: SeededRandom): Record<string, unknown> {
  const inserted = someTime(random);
  return {
    [module.numberField]: numberOf(module.table, id),
    userId: someUser(random),
    isShared: random.next() < 0.5,
    insertDate: minuteText(inserted),
    updateDate: minuteText(inserted + random.between(0, 200) * 60_000),
    active: id % 40 !== 39,
  };
}

const ALL_TAGS = [...Object.values(TAG_GROUPS).flat(), ...LOOSE_TAGS];

function tagsOf(module: Module, random: SeededRandom): Record<string, unknown> {
  if (!module.fields.some(({ key }) => key === 'tags')) return {};
  return { tags: random.next() < 0.15 ? [random.pick(ALL_TAGS)] : [] };
}

/** The group of a tag; null: none. */
export function groupOf(tag: string): string | null {
  return Object.entries(TAG_GROUPS).find(([, tags]) => tags.includes(tag))?.[0] ?? null;
}

/** The rows of the tag module: one for each tag of each record. */
function tagRows(tables: ReadonlyMap<string, readonly Row[]>): Row[] {
  const module = moduleNamed('tag');
  const rows: Row[] = [];
  for (const [key, tagged] of tables)
    for (const row of tagged)
      for (const name of Array.isArray(row.tags) ? (row.tags as readonly Cell[]) : []) {
        const id = rows.length + 1;
        const { id: moduleId, numberField } = moduleNamed(key);
        rows.push({
          id,
          [module.numberField]: numberOf(module.table, id),
          moduleId,
          dataNumber: row[numberField] ?? null,
          name,
          groupName: typeof name === 'string' ? groupOf(name) : null,
          userId: row.userId ?? null,
          isShared: false,
          insertDate: row.insertDate,
          updateDate: row.updateDate,
          active: row.active,
        });
      }
  return rows;
}

/** The price of what has lines is what those that were not deleted come to, without tax. */
function priceByLines(
  tables: ReadonlyMap<string, readonly Row[]>,
  of: string,
  lines: string,
  parent: string,
): void {
  const sums = new Map<Cell, number>();
  for (const row of tables.get(lines) ?? []) {
    if (row.active !== true) continue;
    const net = (Number(row.quantity) * Number(row.price) * (100 - Number(row.discount))) / 100;
    sums.set(row[parent] ?? null, (sums.get(row[parent] ?? null) ?? 0) + net);
  }
  for (const row of tables.get(of) ?? []) {
    const price = sums.get(row.id);
    if (price === undefined) continue;
    row.price = price;
    if ('totalPrice' in row) Object.assign(row, { tax: price / 5, totalPrice: price * 1.2 });
  }
}
