import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../base/hash.ts';
import { createRandom } from '../base/random.ts';
import type { AuditEntry, AuditEvent } from '../model/audit.ts';
import { auditStart, chainEvents, verifyAudit, withoutValues } from './audit-chain.ts';

const length = 12;
const at = '2026-01-02T03:04:05.000Z';

function chain(count: number, mark = 'a'): AuditEntry[] {
  const events = Array.from(
    { length: count },
    (_none, index): AuditEvent => ({
      kind: 'intent',
      body: { seq: index, text: `${mark} ${index} "ş😀`, n: [0.1, null] },
    }),
  );
  return chainEvents(events, auditStart, at).map((row) => ({ ...row, body: JSON.parse(row.body) }));
}

describe('the audit chain (AUD-01, reliability.md 8)', () => {
  it('has the hash that model/audit.ts promises', () => {
    for (const { hash, ...rest } of chain(3)) expect(hash).toBe(hashOf(rest));
  });

  it('goes on from any head', () => {
    const whole = chain(5);
    expect(verifyAudit(whole)).toBe(null);
    expect(verifyAudit(whole.slice(2), whole[1])).toBe(null);
    expect(verifyAudit(whole.slice(3), whole[1])).toBe(3);
    expect(verifyAudit([])).toBe(null);
  });

  it('finds each of 10,000 random changes and names the first bad entry', () => {
    const random = createRandom(4711);
    const whole = chain(length);
    const alien = chain(length, 'b');
    const anchor = { seq: length, hash: whole[length - 1]?.hash ?? '' };
    for (let round = 0; round < 10_000; round += 1) {
      const place = Math.floor(random() * length);
      const name = mutationNames[Math.floor(random() * mutationNames.length)] ?? 'cut';
      const { entries, firstBad } = mutations[name](whole, alien, place);
      expect([name, place, verifyAudit(entries, auditStart, anchor)]).toEqual([name, place, firstBad]);
    }
  });
});

interface Mutated {
  readonly entries: readonly AuditEntry[];
  readonly firstBad: number;
}
type Mutation = (whole: AuditEntry[], alien: AuditEntry[], place: number) => Mutated;

/** Changes one entry, and its hash when asked to hide it. */
function edited(
  whole: AuditEntry[],
  place: number,
  change: Partial<AuditEntry>,
  rehash: boolean,
): AuditEntry[] {
  return whole.map((entry, index) => {
    if (index !== place) return entry;
    const { hash, ...rest } = { ...entry, ...change };
    return { ...rest, hash: rehash ? hashOf(rest) : hash };
  });
}

const mutations = {
  body: (whole, _alien, place) => ({
    entries: edited(whole, place, { body: { seq: -1 } }, false),
    firstBad: place + 1,
  }),
  // the forger hides the change in its own entry; the next link gives it away, or the anchor at the end
  rehashed: (whole, _alien, place) => ({
    entries: edited(whole, place, { body: { seq: -1 } }, true),
    firstBad: place === length - 1 ? length : place + 2,
  }),
  time: (whole, _alien, place) => ({
    entries: edited(whole, place, { at: '2026-01-02T03:04:06.000Z' }, false),
    firstBad: place + 1,
  }),
  kind: (whole, _alien, place) => ({
    entries: edited(whole, place, { kind: 'outcome' }, false),
    firstBad: place + 1,
  }),
  number: (whole, _alien, place) => ({
    entries: edited(whole, place, { seq: place + 2 }, true),
    firstBad: place + 1,
  }),
  deleted: (whole, _alien, place) => ({ entries: whole.toSpliced(place, 1), firstBad: place + 1 }),
  twice: (whole, _alien, place) => ({
    entries: whole.toSpliced(place, 0, ...whole.slice(place, place + 1)),
    firstBad: place + 2,
  }),
  swapped: (whole, _alien, place) => {
    const first = Math.min(place, length - 2);
    const [one, other] = whole.slice(first, first + 2) as [AuditEntry, AuditEntry];
    return { entries: whole.toSpliced(first, 2, other, one), firstBad: first + 1 };
  },
  spliced: (whole, alien, place) => ({
    entries: [...whole.slice(0, place), ...alien.slice(place)],
    firstBad: place === 0 ? length : place + 1,
  }),
  cut: (whole, _alien, place) => ({ entries: whole.slice(0, place), firstBad: place + 1 }),
} satisfies Record<string, Mutation>;

const mutationNames = Object.keys(mutations) as (keyof typeof mutations)[];

describe('a body without values (AUD-01, reliability.md 8)', () => {
  const salt = 'a'.repeat(64);

  it('keeps ids and field names, and of each value an HMAC under the salt', () => {
    const values = { name: 'Ann Example', email: 'ann@example.com' };
    const body = withoutValues(
      { seq: 4, values, parts: [{ id: '7', values: null }], inner: { values } },
      salt,
    );
    const hmac = (field: string, value: unknown) => ({
      hmac: createHmac('sha256', salt)
        .update(JSON.stringify([field, value]))
        .digest('hex'),
    });
    const sealed = { name: hmac('name', 'Ann Example'), email: hmac('email', 'ann@example.com') };
    expect(body).toEqual({
      seq: 4,
      values: sealed,
      parts: [{ id: '7', values: hmac('values', null) }],
      inner: { values: sealed },
    });
    expect(JSON.stringify(body)).not.toContain('Ann');
  });

  it('shows neither that two fields hold the same, nor anything without the salt, nor by the hash of the request', () => {
    const told = (with_: string) =>
      withoutValues({ request: 'abc', values: { one: '5551234', other: '5551234' } }, with_) as {
        request: unknown;
        values: Record<string, unknown>;
      };
    const { request, values } = told(salt);
    expect(values.one).not.toEqual(values.other);
    expect(told('b'.repeat(64)).values.one).not.toEqual(values.one);
    expect(request).not.toBe('abc');
    expect(told(salt)).toEqual({ request, values });
  });
});
