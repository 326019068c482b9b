import { describe, expect, it } from 'vitest';
import type { Policies } from '../../model/policy.ts';
import { defaultPolicies } from '../../model/policy-table.ts';
import type { Decision } from '../../model/question.ts';
import type { SourceOwner } from '../../model/source.ts';
import type { TargetCatalog, TargetUser } from '../../model/target.ts';
import { activeUserNamed, ownerQuestionId, planOwners } from './owners.ts';

function user(id: string, name: string, email: string, active = true): TargetUser {
  return { id, name, email, active };
}

const users = [
  user('1', 'Admin', 'admin@acme.example'),
  user('2', 'Ayşe Yılmaz', 'Ayse@Acme.example'),
  user('3', 'Ali Kaya', 'ali@acme.example'),
  user('4', 'Ali Kaya', 'ali.kaya@acme.example'),
  user('5', 'Gone Girl', 'gone@acme.example', false),
];

function rowFor(
  owner: string,
  answer?: Partial<Decision>,
  policies: Partial<Policies> = {},
  sourceOwners: readonly SourceOwner[] = [],
) {
  const decisions = new Map<string, Decision>();
  const id = ownerQuestionId(owner);
  if (answer !== undefined) decisions.set(id, { id, choice: 'map', by: 'ayse', at: '', ...answer });
  const target = { users, selfUserId: '1' } as unknown as TargetCatalog;
  const tallies = [
    { kind: 'owner', subject: 'deal', value: owner, count: 2 },
    { kind: 'owner', subject: 'person', value: owner, count: 3 },
  ];
  const { rows, questions } = planOwners({
    tallies,
    sourceOwners,
    target,
    policies: { ...defaultPolicies, ...policies },
    decisions,
  });
  return { row: rows[0], questions };
}

describe('the user table (section 11 of the requirements)', () => {
  it.each([
    ['an e-mail, whatever its case (OWN-02)', 'AYSE@acme.EXAMPLE', '2', 'same e-mail'],
    ['a full name one active user has (OWN-10)', 'Admin', '1', 'same name'],
    ['a name written without its Turkish letters (OWN-10)', 'AYSE YILMAZ', '2', 'same name'],
    ['a name with spaces around it', '  Admin ', '1', 'same name'],
  ])('matches %s', (_what, owner, userId, evidence) => {
    expect(rowFor(owner).row).toMatchObject({ userId, evidence, group: 'resolved', records: 5 });
  });

  it.each([
    ['a name two active users have', 'Ali Kaya', 'no user of that e-mail or name'],
    ['a user who is not active (OWN-07)', 'gone@acme.example', 'the user Gone Girl is not active'],
    ['somebody unknown', 'nobody@acme.example', 'no user of that e-mail or name'],
    ['nothing but spaces', '   ', 'no user of that e-mail or name'],
  ])('asks about %s, once for all records (OWN-03, OWN-06)', (_what, owner, evidence) => {
    const { row, questions } = rowFor(owner);
    expect(row).toMatchObject({ group: 'open', userId: null, evidence });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({ subject: owner, recordCount: 5, blocks: 'owners' });
    expect(questions[0]?.choices.map((choice) => choice.id)).toEqual(['provisioned', 'map', 'fallback']);
  });

  it('gives the records to the user a person named', () => {
    const { row, questions } = rowFor('Ali Kaya', { choice: 'map', value: 'ali.kaya@acme.example' });
    expect(row).toMatchObject({ userId: '4', group: 'resolved', evidence: 'decided by ayse' });
    expect(questions).toEqual([]);
  });

  it('keeps asking while an invited user is not there yet (OWN-03)', () => {
    const { row, questions } = rowFor('new@acme.example', { choice: 'provisioned' });
    expect(row).toMatchObject({ group: 'needs-account', userId: null });
    expect(questions).toHaveLength(1);
  });

  it('believes the account more than an old answer: a user who is there by now is matched', () => {
    expect(rowFor('admin@acme.example', { choice: 'fallback' }).row).toMatchObject({
      evidence: 'same e-mail',
    });
  });

  it.each([
    ['the user of the token', null, '1'],
    ['the user the policies name', 'ali@acme.example', '3'],
  ])('falls back on %s (OWN-04, OWN-06)', (_what, fallbackOwner, userId) => {
    const decided = rowFor('nobody', { choice: 'fallback' }, { fallbackOwner }).row;
    const ruled = rowFor('nobody', undefined, { unmatchedOwners: 'fallback', fallbackOwner }).row;
    expect(decided).toMatchObject({ userId, group: 'fallback', evidence: 'decided by ayse' });
    expect(ruled).toMatchObject({ userId, group: 'fallback', evidence: 'policy unmatchedOwners' });
  });

  it('asks though the policies name a fallback user: naming one decides nothing (OWN-06)', () => {
    const { row, questions } = rowFor('nobody', undefined, { fallbackOwner: 'ali@acme.example' });
    expect(row).toMatchObject({ group: 'open', userId: null });
    expect(questions).toHaveLength(1);
  });

  it('says where the fault is when the fallback user is none', () => {
    const wrong = () => rowFor('nobody', { choice: 'fallback' }, { fallbackOwner: 'gone@acme.example' });
    expect(wrong).toThrow(/fallbackOwner: gone@acme.example is no active user/);
  });

  it('refuses an answer that names somebody who is no active user', () => {
    const wrong = () => rowFor('nobody', { choice: 'map', value: 'gone@acme.example' });
    expect(wrong).toThrow(/owner-[0-9a-f]{10}.*no active user/);
  });

  it('lists owners in order, each with all its records', () => {
    const tallies = ['b@x.example', 'a@x.example', 'b@x.example'].map((value, at) => ({
      kind: 'owner',
      subject: `${at}`,
      value,
      count: 1,
    }));
    const target = { users, selfUserId: '1' } as unknown as TargetCatalog;
    const { rows } = planOwners({
      tallies,
      sourceOwners: [],
      target,
      policies: defaultPolicies,
      decisions: new Map(),
    });
    expect(rows.map(({ owner, records }) => [owner, records])).toEqual([
      ['a@x.example', 1],
      ['b@x.example', 2],
    ]);
  });
});

describe('owners of a source that tells who they are: three groups (O-29, P-28, OWN-04)', () => {
  const known = (owner: string, more: Partial<SourceOwner> = {}): SourceOwner => ({
    owner,
    kind: 'user',
    active: true,
    ...more,
  });
  const ada = 'Ada Lovelace <ada@acme.example>';
  const open = (owner: string, more: Partial<SourceOwner> = {}) =>
    rowFor(owner, undefined, {}, [known(owner, more)]);

  it('O-29(a) an address inside the text decides, whatever name stands before it', () => {
    const owner = 'A. Yılmaz <AYSE@acme.example>';
    expect(open(owner).row).toMatchObject({
      userId: '2',
      evidence: 'same e-mail',
      group: 'resolved',
      standing: 'active',
    });
  });

  it('O-29(a) a namesake with another address is told, not taken', () => {
    const { row } = open('Ayşe Yılmaz <ayse@other.example>');
    expect(row).toMatchObject({ userId: null, group: 'needs-account' });
    expect(row?.evidence).toBe('no user of that e-mail; Ayşe Yılmaz has the address Ayse@Acme.example');
  });

  it.each([
    ['active: an account is needed first', ada, {}, 'needs-account', 'no user of that e-mail or name'],
    ['disabled', ada, { active: false }, 'open', 'no user of that e-mail or name; disabled in the source'],
    [
      'a team',
      'Service Desk',
      { kind: 'team' },
      'open',
      'no user of that e-mail or name; a team in the source',
    ],
  ] as const)('O-29(b) an owner without a user who is %s', (_what, owner, more, group, evidence) => {
    const { row, questions } = open(owner, more);
    expect(row).toMatchObject({ group, userId: null, evidence: expect.stringContaining(evidence) });
    expect(questions).toHaveLength(1);
    expect(questions[0]?.choices.find((choice) => choice.default)?.id).toBe('fallback');
  });

  it('O-29(b) a team cannot be invited: it is given to a user or to the fallback user', () => {
    const { questions } = open('Service Desk', { kind: 'team' });
    expect(questions[0]?.choices.map(({ id }) => id)).toEqual(['map', 'fallback']);
  });

  it('O-29(b) the answer moves the row to its group', () => {
    const sourceOwners = [known(ada, { active: false })];
    const { row, questions } = rowFor(ada, { choice: 'fallback' }, {}, sourceOwners);
    expect(row).toMatchObject({ group: 'fallback', userId: '1', standing: 'disabled' });
    expect(questions).toEqual([]);
  });

  it('a disabled owner whose user is there keeps their records', () => {
    const owner = 'Ayşe <ayse@acme.example>';
    expect(open(owner, { active: false }).row).toMatchObject({ group: 'resolved', standing: 'disabled' });
  });
});

it('a user is named by e-mail or full name, never by an inactive account', () => {
  expect(activeUserNamed('ADMIN', users)?.id).toBe('1');
  expect(activeUserNamed('gone@acme.example', users)).toBeNull();
  expect(activeUserNamed('', users)).toBeNull();
});
