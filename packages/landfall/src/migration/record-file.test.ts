import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Decision } from '../model/question.ts';
import { readApprovals, readDecisions, writeApproval, writeDecisions } from './record-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-records-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'decisions.yaml');

function decision(id: string, choice: string, more: Partial<Decision> = {}): Decision {
  return { id, choice, by: 'ayse', at: '2026-01-02T03:04:05.000Z', ...more };
}

describe('decisions.yaml', () => {
  it('no file, an empty one and one with comments only hold no answer', () => {
    expect(readDecisions(folder)).toEqual([]);
    for (const text of ['', '# nothing yet\n']) {
      writeFileSync(file(), text);
      expect(readDecisions(folder)).toEqual([]);
    }
  });

  it('answers come back as they were given', () => {
    const given = [decision('a', 'map', { value: 'Şule: #1 "x"' }), decision('b', 'none')];
    writeDecisions(folder, given);
    expect(readDecisions(folder)).toEqual(given);
    expect(readFileSync(file(), 'utf8')).toMatch(/^# Answers to the questions/);
  });

  it('a new answer takes the place of the old one; the others and all comments stay', () => {
    writeFileSync(
      file(),
      [
        '# ours',
        '- id: a # asked by Ali',
        '  choice: none',
        '# about b',
        '- { id: b, choice: map, value: ali@x.example }',
        '# about c',
        '- id: c',
        '  choice: keep',
        '# the end',
      ].join('\n'),
    );
    writeDecisions(folder, [decision('b', 'fallback'), decision('d', 'merge')]);
    const text = readFileSync(file(), 'utf8');
    for (const comment of ['# ours', '# asked by Ali', '# about b', '# about c', '# the end'])
      expect(text).toContain(comment);
    expect(readDecisions(folder).map(({ id, choice, value }) => [id, choice, value])).toEqual([
      ['a', 'none', undefined],
      ['b', 'fallback', undefined],
      ['c', 'keep', undefined],
      ['d', 'merge', undefined],
    ]);
  });

  it('comments written before the first answer stay', () => {
    writeFileSync(file(), '# agreed with Ayse on Monday\n');
    writeDecisions(folder, [decision('a', 'none')]);
    expect(readFileSync(file(), 'utf8')).toMatch(/^# agreed with Ayse on Monday\n- id: a/);
  });

  it('what a person wrote by hand needs no more than id and choice', () => {
    writeFileSync(file(), '- { id: a, choice: none }\n');
    expect(readDecisions(folder)).toEqual([{ id: 'a', choice: 'none', by: 'decisions.yaml', at: '' }]);
  });

  it.each([
    ['an entry without a choice', '- { id: a, choice: b }\n- id: c\n', /^decisions.yaml:2: 1.choice: /],
    [
      'a word too many',
      '- id: a\n  choice: b\n  valeu: c\n',
      /^decisions.yaml:3: 0.valeu: there is no such setting/,
    ],
    ['a list that is none', 'a: b\n', /^decisions.yaml:1: the file: /],
    ['broken YAML', '- [\n', /^decisions.yaml:\d: /],
  ])('%s is told with its line', (_what, text, fault) => {
    writeFileSync(file(), text);
    expect(() => readDecisions(folder)).toThrow(fault);
  });
});

it('approvals are added and never replaced: the history stays', () => {
  const approval = (hash: string) => ({
    gate: 'plan' as const,
    hash,
    by: 'ayse',
    at: '2026-01-02T03:04:05.000Z',
  });
  writeApproval(folder, approval('one'));
  writeApproval(folder, approval('two'));
  expect(readApprovals(folder).map((one) => one.hash)).toEqual(['one', 'two']);
  writeFileSync(join(folder, 'approvals.yaml'), '- { gate: everything, hash: x, by: a, at: b }\n');
  expect(() => readApprovals(folder)).toThrow(/^approvals.yaml:1: 0.gate: /);
});
