import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceKey, targetId } from '../model/key.ts';
import type { Operation, OwnerRow, Verdict } from '../model/plan.ts';
import type { Effect, LinkEvidence, TargetValue } from '../model/target.ts';
import { compareRecord, ruledUsers } from './compare.ts';
import type { Prepared } from './load/prepare.ts';
import { type Bench, draft, openBench } from './phase-fixture.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.context.destination.describe(bench.context.signal);
});
afterAll(() => bench.close());

interface Given {
  readonly field?: string;
  readonly written: TargetValue;
  readonly found: TargetValue | null;
  readonly effect?: Effect;
  readonly evidence?: LinkEvidence;
  readonly extra?: boolean;
  readonly owner?: string;
}

function verdictOf(given: Given): Verdict | undefined {
  const { field = 'title', written, found, effect = 'asIs', evidence, extra = false, owner } = given;
  const key = sourceKey('deals', '1');
  const made = draft('deal', key, {});
  const drafted = { [field]: { value: owner ?? written, effect, row: 0 } };
  const link = {
    field,
    entity: 'organization' as const,
    to: { entity: 'organization' as const, key, part: '' },
  };
  const operation = {
    entity: 'deal',
    links: evidence === undefined ? [] : [{ ...link, evidence }],
    extra: extra ? { [field]: written } : {},
  } as unknown as Operation;
  const prepared = {
    operation,
    draft: { ...made, fields: evidence === undefined ? drafted : {} },
    request: { entity: 'deal', marker: '', values: { [field]: written } },
  } as unknown as Prepared;
  const record = {
    entity: 'deal' as const,
    id: targetId(1),
    values: { [field]: found },
    marker: '',
    updatedAt: null,
  };
  const ruled = ruledUsers([
    { owner: 'ali', evidence: 'same name' } as OwnerRow,
    { owner: 'veli', evidence: 'decided by ayse' } as OwnerRow,
  ]);
  return compareRecord(bench.context.destination, prepared, record, [field], ruled)[0]?.verdict;
}

describe('how a written field came back (VER-02, VER-04)', () => {
  const cases: readonly [string, Given, Verdict][] = [
    ['as the source had it', { written: 'A', found: 'A' }, 'equal'],
    ['with spaces the account cuts', { written: 'A ', found: 'A' }, 'equal'],
    ['the same thing written otherwise', { written: 'A', found: 'A', effect: 'normalised' }, 'normalised'],
    ['by a value table', { written: 'A', found: 'A', effect: 'byRule' }, 'byRule'],
    ['cut, and the mapping says so', { written: 'A', found: 'A', effect: 'lossy' }, 'lossy'],
    ['nothing came back', { written: 'A', found: null }, 'missing'],
    ['an empty text came back', { written: 'A', found: '' }, 'missing'],
    ['an empty list came back', { field: 'label_ids', written: ['Hot'], found: [] }, 'missing'],
    ['another text', { written: 'A', found: 'B' }, 'different'],
    [
      'one kuruş less',
      {
        field: 'value',
        written: { amount: '10.10', currency: 'TRY' },
        found: { amount: '10.09', currency: 'TRY' },
      },
      'different',
    ],
    [
      'the same amount in other digits',
      {
        field: 'value',
        written: { amount: '10.10', currency: 'TRY' },
        found: { amount: '10.1', currency: 'TRY' },
      },
      'equal',
    ],
    ['a link by id', { field: 'org_id', written: '7', found: '7', evidence: 'id' }, 'equal'],
    ['a link by name', { field: 'org_id', written: '7', found: '7', evidence: 'name' }, 'normalised'],
    ['a link a person chose', { field: 'org_id', written: '7', found: '7', evidence: 'decision' }, 'byRule'],
    ['the placeholder', { field: 'org_id', written: '7', found: '7', evidence: 'placeholder' }, 'byRule'],
    [
      'a link that leads elsewhere',
      { field: 'org_id', written: '7', found: '8', evidence: 'id' },
      'different',
    ],
    ['merged in from another record', { written: 'A', found: 'A', extra: true }, 'byRule'],
    ['an owner matched by name', { field: 'owner_id', written: '3', found: '3', owner: 'ali' }, 'normalised'],
    ['an owner somebody decided', { field: 'owner_id', written: '3', found: '3', owner: 'veli' }, 'byRule'],
  ];
  it.each(cases)('%s', (_what, given, verdict) => {
    expect(verdictOf(given)).toBe(verdict);
  });
});
