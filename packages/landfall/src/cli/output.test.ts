import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assert } from '../base/assert.ts';
import { MigrationError } from '../model/error.ts';
import type { Progress } from '../phases/context.ts';
import { tellError, terminalOutput } from './output.ts';

let out = '';
let err = '';
beforeEach(() => {
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function progress(done: number, total: number | null = 100, subject = 'person'): Progress {
  return { phase: 'run', subject, done, total };
}

describe('what a command says', () => {
  it('with --json stdout carries one document and nothing else; words go to stderr (cli.md)', () => {
    const output = terminalOutput({ json: true, quiet: false });
    output.say('loading');
    output.progress(progress(100));
    output.result({ a: 1 }, () => 'text');
    expect(out).toBe('{"a":1}\n');
    expect(err).toContain('loading\n');
  });

  it('without it the text, and with --quiet no other word', () => {
    const output = terminalOutput({ json: false, quiet: true });
    output.say('loading');
    output.progress(progress(100));
    output.result({ a: 1 }, () => 'text');
    expect([out, err]).toEqual(['text\n', '']);
  });

  it('away from a terminal progress is a line now and then, and one at the end', () => {
    const output = terminalOutput({ json: false, quiet: false });
    for (let done = 1; done <= 100; done += 1) {
      output.progress(progress(done));
      vi.advanceTimersByTime(200);
    }
    const lines = err.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.length).toBeLessThan(7);
    expect(lines.at(-1)).toBe('run        person                   100 of 100');
  });

  it('short work is one line, and work without a known end tells that it began', () => {
    const output = terminalOutput({ json: false, quiet: false });
    for (const done of [1, 50, 100]) output.progress(progress(done));
    output.progress(progress(0, null, 'source'));
    expect(err.trimEnd().split('\n')).toEqual([
      'run        person                   100 of 100',
      'run        source',
    ]);
  });
});

describe('what a failure says', () => {
  const paused = new MigrationError('budget-exhausted', 'The day is spent.', {
    resumeAtMs: Date.UTC(2026, 0, 3),
  });

  it('what happened, when it can go on, and what to do', () => {
    tellError(paused, false);
    expect(stripVTControlCharacters(err)).toBe(
      'error The day is spent.\n  it can go on at 2026-01-03T00:00:00.000Z\n  Run again after the time named; nothing is lost. (budget-exhausted)\n',
    );
  });

  it('as one line of JSON for programs', () => {
    tellError(paused, true);
    expect(JSON.parse(err)).toEqual({
      error: {
        code: 'budget-exhausted',
        message: 'The day is spent.',
        hint: 'Run again after the time named; nothing is lost.',
        at: null,
        resumeAt: '2026-01-03T00:00:00.000Z',
      },
    });
  });

  const cause = new RangeError('five is right out');
  const bugs: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['a claim that does not hold', thrownBy(() => assert(false, 'two is four')), ['two is four']],
    [
      'an error nobody foresaw',
      new TypeError('x is undefined'),
      ['TypeError: x is undefined', 'output.test.ts'],
    ],
    [
      'one that was caused by another',
      new Error('counting', { cause }),
      ['counting', 'caused by: RangeError: five'],
    ],
    ['what is no error at all', 'oops', ['oops']],
  ];

  it.each(bugs)(
    'is called our bug, with its cause and where to report it, for people and programs: %s',
    (_, error, words) => {
      tellError(error, false);
      const text = stripVTControlCharacters(err);
      err = '';
      tellError(error, true);
      const told = JSON.parse(err).error;
      expect(told).toMatchObject({ code: 'bug', at: null, resumeAt: null });
      expect(told.hint).toMatch(/report it to .*\(landfall --version\)/);
      expect(text).toBe(`error ${told.message}\n  ${told.hint} (bug)\n`);
      for (const word of ['This is our bug: ', ...words]) expect(told.message).toContain(word);
    },
  );

  it('a cause that leads back to itself ends', () => {
    const round = new Error('round');
    round.cause = round;
    tellError(round, false);
    expect(err.match(/Error: round/g)).toHaveLength(6);
  });
});

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}
