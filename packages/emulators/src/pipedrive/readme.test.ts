import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from '../kit/faults.ts';
import { DEFAULT_SWITCHES } from './switches.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const source = readFileSync(join(import.meta.dirname, 'switches.ts'), 'utf8');

describe('the README is in step with the code', () => {
  test.each(Object.entries(DEFAULT_SWITCHES))('the switch %s has its default', (name, value) => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    expect(readme).toContain(`| \`${name}\` | \`${shown}\` |`);
  });

  test.each(Object.keys(DEFAULT_SWITCHES))('the switch %s is marked UNC in both or in none', (name) => {
    const row = new RegExp(`\\| \`${name}\` \\| [^|]+\\| (x?) ?\\|`).exec(readme);
    const comment = new RegExp(`/\\*\\* ([^/]*)\\*/\\s+readonly ${name}:`).exec(source);
    expect(row?.[1] === 'x').toBe(comment?.[1]?.startsWith('UNC'));
  });

  test.each(FAULT_KINDS)('the fault %s is described', (kind) => {
    expect(readme).toContain(`\`${kind}\``);
  });
});
