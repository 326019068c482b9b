import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_SWITCHES, WORLDS } from './switches.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const [section = ''] = readme.slice(readme.indexOf('\n## PromoXcrm\n') + 1).split(/\n## (?!PromoXcrm)/);

test.each(Object.entries(DEFAULT_SWITCHES))('the README has the default of the switch %s', (name, value) => {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  expect(section).toContain(`| \`${name}\` | \`${shown}\` |`);
});

test.each(Object.keys(WORLDS))('the README names the world %s', (name) => {
  expect(section).toContain(`\`${name}\``);
});
