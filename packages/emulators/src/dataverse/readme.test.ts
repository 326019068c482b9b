import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SWITCHES } from './switches.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const section = readme.slice(readme.indexOf('\n## Dataverse\n'));
const source = readFileSync(join(import.meta.dirname, 'switches.ts'), 'utf8');

describe('the README is in step with the code', () => {
  test.each(Object.entries(DEFAULT_SWITCHES))('the switch %s has its default', (name, value) => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    expect(section).toContain(`| \`${name}\` | \`${shown}\` |`);
  });

  test.each(Object.keys(DEFAULT_SWITCHES))('the switch %s is marked UNC in both or in none', (name) => {
    const row = new RegExp(`\\| \`${name}\` \\| [^|]+\\| (x?) ?\\|`).exec(section);
    const comment = new RegExp(`/\\*\\* ([^/]*)\\*/\\s+readonly ${name}:`).exec(source);
    expect(row?.[1] === 'x').toBe(comment?.[1]?.startsWith('UNC'));
  });
});
