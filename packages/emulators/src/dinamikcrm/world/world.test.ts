import { describe, expect, it } from 'vitest';
import type { Module } from '../schema/module.ts';
import { MODULES, moduleNamed } from '../schema/schema.ts';
import { USERS } from './furniture.ts';
import { countOf } from './plan.ts';
import { PLANTED } from './planted.ts';
import type { Row } from './row.ts';
import { worldOf } from './world.ts';

const plan = { seed: 1, records: 1_000 };
const world = worldOf(plan);
const rowOf = (module: string, id: number): Row | undefined => world.get(module)?.[id - 1];

/** Letters of each row of the DinamikCRM table. */
const LETTERS: Readonly<Record<string, string>> = {
  'D-20': 'abcd',
  'D-21': 'ab',
  'D-22': 'abc',
  'D-23': 'abc',
  'D-24': 'abcd',
  'D-25': 'abc',
  'D-26': 'abc',
  'D-27': 'abcdef',
  'D-28': 'abc',
  'D-29': 'abc',
  'D-30': 'abc',
  'D-31': 'ab',
};
const RULES = Object.entries(LETTERS).flatMap(([row, letters]) =>
  [...letters].map((letter) => `${row}(${letter})`),
);

describe('the default world', () => {
  it.each(RULES)('holds a case for %s', (rule) => {
    expect(PLANTED.filter(({ rules }) => rules.includes(rule))).not.toEqual([]);
  });

  it.each(PLANTED.filter(({ id }) => id !== undefined))(
    '$module $id: $why',
    ({ module, id = 0, values = {} }) => {
      expect(rowOf(module, id)).toMatchObject(values);
    },
  );

  it('is the same for the same seed, and another for another', () => {
    expect(worldOf(plan)).toEqual(world);
    expect(worldOf({ ...plan, seed: 2 })).not.toEqual(world);
  });

  it('holds its cases in a tiny world too', () => {
    const tiny = worldOf({ seed: 3, records: 0 });
    for (const { module, id } of PLANTED)
      if (id !== undefined) expect(tiny.get(module)?.length, `${module} ${id}`).toBeGreaterThanOrEqual(id);
  });
});

const planted = new Set(PLANTED.map(({ module, id }) => `${module}:${id}`));

function brokenIn(module: Module): string[] {
  const found: string[] = [];
  for (const row of world.get(module.key) ?? []) {
    if (planted.has(`${module.key}:${row.id}`)) continue;
    for (const { key, type, lookupModule, options } of module.fields) {
      const values = [row[key] ?? null].flat();
      for (const value of values) {
        if (value === null) continue;
        const where = `${module.key} ${row.id} ${key} ${String(value)}`;
        if (type === 'user' && !USERS.some(({ id }) => id === value)) found.push(where);
        if (options.length > 0 && !options.some(({ id }) => id === value)) found.push(where);
        if (type === 'lookup' && lookupModule !== null && !['pipeline', 'stage'].includes(lookupModule))
          if (!(Number(value) >= 1 && Number(value) <= countOf(plan, lookupModule))) found.push(where);
        if (type === 'datetime' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:00$/.test(String(value))) found.push(where);
        if (type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(String(value))) found.push(where);
      }
    }
  }
  return found;
}

describe('records', () => {
  it.each(MODULES.map((module) => [module.key, module] as const))(
    'of %s refer to what is there, choose what can be chosen, and have times to the minute',
    (_, module) => {
      expect(brokenIn(module)).toEqual([]);
    },
  );

  it('have every field of their module, and no other', () => {
    for (const module of MODULES) {
      const known = new Set([...module.fields.map(({ key }) => key), 'id', 'active']);
      const unknown = (world.get(module.key) ?? [])
        .flatMap((row) => Object.keys(row))
        .filter((key) => !known.has(key));
      expect([module.key, ...new Set(unknown)]).toEqual([module.key]);
    }
  });

  it('name their polymorphic parents by numbers that are there', () => {
    const numbers = new Map(
      MODULES.map((module) => [
        module.id,
        new Set((world.get(module.key) ?? []).map((row) => row[module.numberField])),
      ]),
    );
    for (const key of ['activity', 'note', 'attach', 'tag', 'task'])
      for (const row of world.get(key) ?? [])
        expect(numbers.get(Number(row['moduleId']))?.has(row['dataNumber'] ?? null), `${key} ${row.id}`).toBe(
          true,
        );
  });

  it('keep one credit profile for a company, and several machines', () => {
    const parents = (key: string) => (world.get(key) ?? []).map((row) => row['companyId']);
    expect(new Set(parents('ozel_kredi_profili')).size).toBe(parents('ozel_kredi_profili').length);
    expect(new Set(parents('ozel_makine')).size).toBeLessThan(parents('ozel_makine').length);
    expect(moduleNamed('ozel_makine').isCustom).toBe(true);
  });
});
