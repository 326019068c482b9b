import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACCOUNT_SWITCHES } from './switch-cases/account.ts';
import { ANSWER_SWITCHES } from './switch-cases/answers.ts';
import { LIMIT_SWITCHES } from './switch-cases/limits.ts';
import { PART_SWITCHES } from './switch-cases/parts-fixture.ts';
import type { SwitchCase, SwitchCases } from './switch-cases/switch-case.ts';
import { UNKNOWN_SWITCHES } from './switch-cases/unknowns.ts';
import { DEFAULT_SWITCHES, type Switches } from './switches.ts';
import { testClient } from './test-client.ts';

const CASES: SwitchCases<keyof Switches> = {
  ...ANSWER_SWITCHES,
  ...LIMIT_SWITCHES,
  ...ACCOUNT_SWITCHES,
  ...PART_SWITCHES,
  ...UNKNOWN_SWITCHES,
};

const source = readFileSync(join(import.meta.dirname, 'switches.ts'), 'utf8');
const NAMES = Object.keys(DEFAULT_SWITCHES) as (keyof Switches)[];

const SETTINGS = Object.entries(CASES as unknown as Readonly<Record<string, SwitchCase<unknown>>>).flatMap(
  ([name, one]) =>
    one.sees.map(([setting, seen]) => [name, JSON.stringify(setting), { ...one, setting, seen }] as const),
);

describe('each setting of each switch shows (facts.md 8 and 9)', () => {
  test.each(SETTINGS)('%s: %s', async (name, _, { options, beside, look, setting, seen }) => {
    const switches = { ...beside, [name]: setting };
    const client = testClient({ world: 'lived-in', ...options, switches });
    expect(await look(client)).toEqual(seen);
    await client.emulator.close();
  });
});

describe('every switch', () => {
  test.each(NAMES)('has a case, one for each setting: %s', (name) => {
    const shown = CASES[name].sees.map(([setting]) => JSON.stringify(setting));
    expect(shown).toEqual(expect.arrayContaining(declaredSettings(name)));
    expect(shown).toContain(JSON.stringify(DEFAULT_SWITCHES[name]));
    expect(new Set(shown).size, 'settings of a case differ').toBe(shown.length);
    expect(shown.length).toBeGreaterThan(1);
  });

  test.each(NAMES)('shows a difference between its settings: %s', (name) => {
    const seen = CASES[name].sees.map((one) => JSON.stringify(one[1]));
    expect(new Set(seen).size).toBeGreaterThan(1);
  });
});

/** The settings that the type of a switch lists, as JSON; numbers and lists have none to list. */
function declaredSettings(name: string): string[] {
  const type = new RegExp(`readonly ${name}: ([^;]+);`).exec(source)?.[1] ?? '';
  if (type === 'boolean') return ['true', 'false'];
  if (type === 'TaxMethod') return ['"exclusive"', '"inclusive"', '"none"'];
  return type
    .split('|')
    .map((part) => part.trim().replaceAll("'", '"'))
    .filter((part) => /^(?:"|\d|null)/.test(part));
}
