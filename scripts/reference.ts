// Writes docs/reference from the code: `npx node scripts/reference.ts`. `test/tidy` fails while a page is not as written here.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createProgram } from '../packages/landfall/src/cli/main.ts';
import { issueTable } from '../packages/landfall/src/files/issue-code.ts';
import { transforms } from '../packages/landfall/src/mapping/transforms.ts';
import { errorTable } from '../packages/landfall/src/model/error-table.ts';
import { cliPage } from './cli-page.ts';
import { page, type ReferencePage, table } from './reference-page.ts';
import { sourcePage } from './source-page.ts';
import { transformPage } from './transform-page.ts';

const errors = page(
  'errors',
  'Errors',
  'Every trouble Landfall can name. The message on the screen says what happened and where; this page says what the engine does about it (recovery), which exit code the process ends with, and what you can do.',
  table(
    ['recovery', 'the engine'],
    [
      ['retry', 'waits and tries again by itself; you see the code only when that did not help'],
      ['reject', 'puts one record aside with the reason; the others go on'],
      ['pause', 'stops at a safe place and can go on from there'],
      ['stop', 'ends; something has to change first'],
    ],
  ),
  table(
    ['exit code', 'means'],
    [
      ['0', 'done'],
      ['1', 'failed'],
      ['2', 'wrong usage or configuration'],
      ['3', 'waiting for a person'],
      ['4', 'paused, resumable'],
      ['5', 'finished with differences or rejects'],
    ],
  ),
  table(
    ['code', 'recovery', 'exit code', 'what you can do'],
    Object.entries(errorTable).map(([code, { recovery, exit, hint }]) => [
      `\`${code}\``,
      recovery,
      String(exit),
      hint,
    ]),
  ),
);

const issues = page(
  'file-issues',
  'Issues of export files',
  'What can be wrong with an export file, what it does to what is read, and what you can do. Every issue names the file and the line.',
  table(
    ['effect', 'means'],
    [
      ['file-refused', 'the whole file (or sheet) is left out'],
      ['row-rejected', 'one row is left out, and counted'],
      ['row-repaired', 'the row is read after a repair: look at it'],
      ['row-skipped', 'the row holds no data and is passed over'],
      ['warning', 'everything is read; a person should know'],
    ],
  ),
  table(
    ['code', 'effect', 'what you can do'],
    Object.entries(issueTable).map(([code, { effect, hint }]) => [`\`${code}\``, effect, hint]),
  ),
);

const root = fileURLToPath(new URL('..', import.meta.url));

/** The pages as the code says they should be. */
export const referencePages: readonly ReferencePage[] = [
  errors,
  issues,
  transformPage(transforms),
  cliPage(createProgram()),
  sourcePage(root),
];

/** Writes all pages below `folder`. */
export function writeReference(folder: string): void {
  for (const { path, text } of referencePages) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

if (import.meta.main) writeReference(root);
