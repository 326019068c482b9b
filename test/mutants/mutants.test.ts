import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { pathOf, root } from './copy.ts';
import { mutants } from './list.ts';
import { timesFound, withBug } from './mutant.ts';

/** A test file with what it imports from beside it: suites that several test files run stand there. */
function suiteText(test: string): string {
  const path = join(root, test);
  const seen = new Map<string, string>();
  const read = (file: string): void => {
    if (seen.has(file)) return;
    const text = readFileSync(file, 'utf8');
    seen.set(file, text);
    for (const [, beside = ''] of text.matchAll(/from '(\.\/[^']+)'/g)) read(join(dirname(file), beside));
  };
  read(path);
  return [...seen.values()].join('\n');
}

/** What this test can say quickly: the list fits the code as it is. That the tests find the bugs is for `npm run mutants`. */
describe('the planted bugs (reliability.md 6)', () => {
  it('are 40, each with a name of its own', () => {
    expect(mutants).toHaveLength(40);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(40);
  });

  it.each(mutants)('$id: its place stands once in the file, and another text comes of it', (mutant) => {
    const text = readFileSync(pathOf(root, mutant), 'utf8');
    expect(timesFound(text, mutant), `how often its place stands in ${mutant.file}`).toBe(1);
    expect(withBug(text, mutant)).not.toBe(text);
  });

  it.each(mutants)(
    '$id: what comes of it can be read, and the tests that must find it are there',
    (mutant) => {
      const text = withBug(readFileSync(pathOf(root, mutant), 'utf8'), mutant);
      const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
      expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
      expect(mutant.named.length).toBeGreaterThan(0);
      const tests = suiteText(mutant.test);
      expect(mutant.named.filter((words) => !tests.includes(words))).toEqual([]);
    },
  );

  it('are not planted where their place stands nowhere, or twice', () => {
    const bug = { id: 'a', says: '', file: 'a.ts', find: 'one', replace: '$&', test: '', named: [] };
    expect(() => withBug('two', bug)).toThrow('stands 0 times');
    expect(() => withBug('one one', bug)).toThrow('stands 2 times');
    expect(withBug('a one', bug)).toBe('a $&');
  });
});
