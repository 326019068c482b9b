import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { PlanAnswer } from '../migration/plan-answer.ts';
import type { Status } from '../migration/status.ts';
import type { VerifyAnswer } from '../migration/verify-answer.ts';
import type { Story } from '../migration/why.ts';
import type { AccountFacts } from '../model/destination.ts';
import { sourceKey, targetId } from '../model/key.ts';
import type { Forecast } from '../model/plan.ts';
import type { Question } from '../model/question.ts';
import {
  checkText,
  mapText,
  planText,
  questionText,
  rollbackPlanText,
  rollbackText,
  scopeText,
  statusText,
  storyText,
  verifyText,
} from './texts.ts';

/** What a source may hold: it clears a terminal's screen and turns the direction of writing. */
const nasty = 'x\u001b[2J\u202ey';

function linesOf(text: string): string[] {
  return stripVTControlCharacters(text).split('\n');
}

const counters = {
  extracted: 10,
  excluded: 1,
  rejected: 2,
  mapped: 7,
  drafted: 7,
  created: 4,
  matched: 1,
  updated: 0,
  skipped: 1,
  failed: 1,
  inDoubt: 0,
  verified: 5,
  diverged: 0,
};

const status: Status = {
  workspace: '/w',
  source: 'smart-crm-online',
  destination: 'pipedrive',
  phase: 'configure',
  gates: [
    { gate: 'scope', state: 'approved', hash: 'x', by: 'a', at: 'b' },
    { gate: 'sample', state: 'open', hash: null, by: null, at: null },
  ],
  waiting: Array.from({ length: 14 }, (_none, at) => ({
    id: `owner-${at}`,
    kind: 'owner',
    question: nasty,
    choices: [],
    blocks: 'owners' as const,
  })),
  ledger: { person: counters },
  budget: { dailyTokens: 1, spentToday: 0, planned: 1, forecastEnd: null },
};

const waitingGate = { gate: 'plan', state: 'waiting', hash: 'x', by: null, at: null } as const;

describe('status', () => {
  it('is a row an entity with its numbers, the gates that are due, and what waits', () => {
    const lines = linesOf(statusText(status));
    expect(lines[1]?.split(/\s+/)).toEqual([
      'person',
      '10',
      '1',
      '2',
      '7',
      '4',
      '1',
      '0',
      '1',
      '1',
      '5',
      '0',
    ]);
    expect(lines).toContain('phase configure; gates: scope approved');
    expect(lines).toContain('14 questions wait:');
    expect(lines).toContain('  owner-0: x·[2J·y');
    expect(lines).toContain('  and 2 more');
  });

  it.each([
    ['questions come first', status, /`landfall queue`.*`landfall decide/],
    ['then the gates', { ...status, waiting: [], gates: [waitingGate] }, /approve.*: plan$/],
    ['else the next phase', { ...status, waiting: [] }, /`landfall advance`$/],
  ])('tells what a person does next: %s', (_what, given, next) => {
    expect(linesOf(statusText(given)).at(-1)).toMatch(next);
  });

  it('at the end nothing is next', () => {
    const over = { ...status, phase: 'done', waiting: [] };
    expect(linesOf(statusText(over)).at(-1)).toBe('phase done; gates: scope approved');
  });

  it('of a fresh workspace says that nothing has been read', () => {
    const fresh = { ...status, ledger: {}, gates: [], waiting: [] };
    expect(linesOf(statusText(fresh)).slice(0, 3)).toEqual([
      'nothing has been read yet',
      '',
      'phase configure; gates: none due yet',
    ]);
  });
});

it('the plan tells operations, the bill, the days, the reserve, and caps that do not hold', () => {
  const answer: PlanAnswer = {
    hash: 'a'.repeat(64),
    operations: { person: { create: 1_200, update: 3, link: 0, skip: 4 } },
    tokens: 6_000,
    requests: 1_210,
    days: 2,
    start: '2026-01-02',
    end: '2026-01-03',
    caps: [{ name: 'custom fields', limit: 30, wanted: 34, fits: false }],
    rollbackTokens: 3_600,
  };
  const phases = [{ phase: 'run', entity: 'person', operations: 1_203, requests: 1_206, tokens: 6_018 }];
  const calendar = [
    { phase: 'run', requests: 1_206, tokens: 6_018, days: 2, start: '2026-01-02', end: '2026-01-03' },
  ];
  const forecast = { phases, calendar, lowerBound: { tokens: 6_030, days: 1 } } as unknown as Forecast;
  const lines = linesOf(planText(answer, forecast));
  expect(lines[1]?.split(/\s+/)).toEqual(['person', '1,200', '3', '4']);
  expect(lines).toContain('6,000 tokens, 1,210 requests, 2 day(s): 2026-01-02 to 2026-01-03');
  expect(lines).toContain('run: 6,018 tokens, 2 day(s), 2026-01-02 to 2026-01-03');
  expect(lines).toContain('6,030 tokens is the least any plan of it could take');
  expect(lines).toContain('3,600 tokens would take it all back');
  expect(lines).toContain('NO FIT custom fields: 34 of 30');
});

it('the proof lists what is not as it should be, with both records', () => {
  const answer: VerifyAnswer = {
    ...{ records: 2, fields: 9, equal: 6, normalised: 1, byRule: 0, lossy: 0, missing: 1, different: 1 },
    findings: [
      {
        entity: 'deal',
        sourceKey: sourceKey('deals', '1'),
        targetId: targetId(7),
        field: 'title',
        expected: 'A',
        found: nasty,
        verdict: 'different',
      },
    ],
  };
  expect(linesOf(verifyText(answer)).at(-1)).toBe(
    '  deal 7 (deals:1) title: different, expected A, found x·[2J·y',
  );
});

const kept = [{ entity: 'deal' as const, targetId: '7', because: 'somebody has changed it since: title' }];

it('rollback says what went and lists what stayed, and why', () => {
  const lines = linesOf(rollbackText({ reversed: 3, restored: 1, kept, errored: 0 }));
  expect(lines[0]).toBe('removed 3, restored 1, kept 1, errors 0');
  expect(lines.at(-1)).toBe('  deal 7: somebody has changed it since: title');
});

it('rollback --plan says what would go and stay, what it takes, and what no rollback can do', () => {
  const entities = { deal: { remove: 3, restore: 0, keep: 1, gone: 2 } };
  const bill = { tokens: 1_200, requests: 400, days: 1, start: '2026-01-02', end: '2026-01-02' };
  const impossible = ['Tokens that are spent stay spent.'];
  const counts = { reversed: 3, restored: 1, kept, errored: 0, configuration: 4 };
  const lines = linesOf(rollbackPlanText({ ...counts, ...bill, entities, impossible }));
  expect(lines[1]?.split(/\s+/)).toEqual(['deal', '3', '0', '1', '2']);
  expect(lines).toContain('would remove 3, restore 1, keep 1; 4 configuration steps');
  expect(lines).toContain('1,200 tokens, 400 requests, 1 day(s): 2026-01-02 to 2026-01-02');
  expect(lines).toContain('  deal 7: somebody has changed it since: title');
  expect(lines).toContain('  Tokens that are spent stay spent.');
});

it('a question shows its choices, the default, what a choice asks for, and some of its records', () => {
  const question: Question = {
    id: 'owner-1',
    kind: 'owner',
    subject: 'x',
    question: 'Who?',
    records: Array.from({ length: 12 }, (_none, at) => `${at}`),
    recordCount: 12,
    choices: [
      { id: 'map', label: 'Another user', consequence: 'Theirs.', default: false, asksFor: 'an e-mail' },
      { id: 'fallback', label: 'The fallback', consequence: 'Ours.', default: true },
    ],
    blocks: 'owners',
  };
  expect(linesOf(questionText(question))).toEqual([
    'owner-1 Who?',
    '  records: 0, 1, 2, 3, 4, 5, 6, 7 ...',
    '    map: Another user (--value an e-mail)',
    '      Theirs.',
    '  * fallback: The fallback',
    '      Ours.',
  ]);
});

it('the way of a value: source, rule, effect, proof, link and log', () => {
  const story: Story = {
    entity: 'person',
    targetId: '7',
    sourceKey: 'contacts:1',
    position: 'contacts.csv:2',
    because: 'is not there yet',
    fields: [
      {
        field: 'phones',
        value: ['+90'],
        source: { Phone: nasty },
        rule: { to: 'person.phones.work', via: ['trim', { phone: { country: 'TR' } }], why: 'S-20' },
        effect: 'normalised',
        readBack: 'came back as planned',
      },
      {
        field: 'owner_id',
        value: '3',
        source: {},
        rule: null,
        effect: 'byRule',
        readBack: 'not verified yet',
      },
    ],
    links: [{ field: 'org_id', to: 'companies:1', evidence: 'name' }],
    audit: [{ seq: 3, at: '2026', kind: 'intent', what: 'attempt 1' }],
  };
  const text = linesOf(storyText(story)).join('\n');
  expect(text).toContain('person 7 is contacts:1 (contacts.csv:2); the plan said: is not there yet');
  expect(text).toContain('via   trim > {"phone":{"country":"TR"}} (normalised): S-20');
  expect(text).toContain('via   decision (byRule)');
  expect(text).toContain('org_id -> companies:1 (found by name)');
  expect(text).toContain('  2026 #3 intent attempt 1');
  expect(text).not.toContain('\u202e');
});

it('both sides as check found them, what is not known as such', () => {
  const destination: AccountFacts = {
    account: nasty,
    user: 'a',
    admin: true,
    plan: 'lite',
    seats: 3,
    dailyTokens: 90_000,
    tokensLeft: null,
    caps: [{ name: 'custom fields', limit: 30, used: null }],
  };
  const text = linesOf(
    checkText({ source: { system: 's', account: 'export', lines: ['6 files'] }, destination }),
  );
  expect(text).toContain('destination  x·[2J·y');
  expect(text).toContain('  user a (admin), plan lite, 3 seats');
  expect(text.find((line) => line.includes('90,000 tokens a day'))).toMatch(/not known/);
  expect(text.find((line) => line.includes('custom fields'))).toContain('30');
  expect(text.some((line) => line.includes('not an administrator'))).toBe(false);
  const without = { ...destination, admin: false };
  const told = checkText({ source: { system: 's', account: 'export', lines: [] }, destination: without });
  expect(told).toMatch(/not an administrator: .*take the token of one/);
});

it('what was discovered, or that nothing was', () => {
  expect(scopeText(null)).toBe('nothing has been discovered yet');
  const issue = { code: 'x', severity: 'high' as const, at: 'a.csv:2', message: nasty, hint: '' };
  const lines = linesOf(scopeText({ system: 's', entities: [], issues: [issue] }));
  expect(lines).toContain('1 issues:');
  expect(lines).toContain('  high   a.csv:2: x·[2J·y');
});

it.each([
  ['written', 'mapping.yaml is written'],
  ['kept', 'mapping.yaml was edited and stays; the proposal is in mapping.proposed.yaml'],
])('map tells what became of the file: %s', (file, last) => {
  expect(linesOf(mapText([], file)).at(-1)).toBe(last);
});
