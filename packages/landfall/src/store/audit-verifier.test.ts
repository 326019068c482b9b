import { describe, expect, it } from 'vitest';
import { type Anchor, canonical, checkLines } from '../../verifier/verify-audit.js';
import { canonicalJson } from '../base/canonical.ts';
import { hashOf } from '../base/hash.ts';
import { createRandom } from '../base/random.ts';
import type { AuditEntry } from '../model/audit.ts';
import { type AuditRow, auditStart, chainEvents } from './audit-chain.ts';

const at = '2026-01-02T03:04:05.000Z';
const length = 16;

/** A log of one migration, as entries; `mark` tells two logs apart. */
function log(mark: string, count = length): AuditEntry[] {
  const events = Array.from({ length: count }, (_none, index) => ({
    kind: (['intent', 'outcome', 'phase'] as const)[index % 3] ?? 'intent',
    body: { seq: index, mark, text: 'ş😀"\\\u2028', n: [0.1, -3, 1e21, null, true], a: { z: 1, ä: 2 } },
  }));
  return chainEvents(events, auditStart, at).map(entryOf);
}

function entryOf(row: AuditRow): AuditEntry {
  return { ...row, body: JSON.parse(row.body) as AuditEntry['body'] };
}

const spelt = new WeakMap<AuditEntry, string>();

function linesOf(entries: readonly AuditEntry[]): string[] {
  return entries.map((entry) => {
    const line = spelt.get(entry) ?? canonicalJson(entry);
    spelt.set(entry, line);
    return line;
  });
}

/** Carries a hash that fits its content: a forger who knows the format. */
function sealed({ hash: _old, ...entry }: AuditEntry): AuditEntry {
  return { ...entry, hash: hashOf(entry) };
}

const whole = log('ours');
const alien = log('theirs');
/** Heads that were kept elsewhere, the last one at the end. */
const anchors: readonly Anchor[] = [5, 11, length].map((seq) => ({ seq, hash: whole[seq - 1]?.hash ?? '' }));

describe('the separate verifier, by the published format alone (AUD-01, reliability.md 8)', () => {
  it('reads what the product writes, byte for byte', () => {
    expect(checkLines(linesOf(whole), anchors)).toEqual({
      entries: length,
      head: anchors[2],
      vouched: length,
      bad: null,
    });
    for (const entry of whole) expect(canonical(entry)).toBe(canonicalJson(entry));
    expect(checkLines([]).bad).toBeNull();
  });

  it('says how far an anchor vouches, and claims nothing beyond', () => {
    expect(checkLines(linesOf(whole), anchors.slice(0, 1))).toMatchObject({ vouched: 5, bad: null });
    // without an anchor kept elsewhere a cut tail cannot be noticed: it must not be claimed
    expect(checkLines(linesOf(whole.slice(0, 13)))).toMatchObject({ entries: 13, vouched: 0, bad: null });
    expect(checkLines(linesOf(whole.slice(0, 13)), anchors).bad?.seq).toBe(14);
  });

  it('finds each of 10,000 random single changes, and names the first bad entry', () => {
    const random = createRandom(4711);
    const pick = (count: number) => Math.floor(random() * count);
    const made = new Map<string, number>();
    for (let round = 0; round < 10_000; round += 1) {
      const name = names[pick(names.length)] ?? 'cut';
      const { lines, firstBad } = mutations[name](pick(length), pick);
      const found = checkLines(lines, anchors).bad?.seq ?? null;
      if (found !== firstBad) expect({ name, round, found }).toEqual({ name, round, found: firstBad });
      made.set(name, (made.get(name) ?? 0) + 1);
    }
    expect([...made.values()].every((count) => count > 400)).toBe(true);
    expect(made.size).toBe(names.length);
  });
});

interface Mutated {
  readonly lines: readonly string[];
  /** The number of the first entry that is not what was written. */
  readonly firstBad: number;
}
type Mutation = (place: number, pick: (count: number) => number) => Mutated;

function withEntry(place: number, change: (entry: AuditEntry) => AuditEntry): Mutated {
  const lines = linesOf(whole.map((entry, index) => (index === place ? change(entry) : entry)));
  return { lines, firstBad: place + 1 };
}

const changes: readonly ((entry: AuditEntry) => AuditEntry)[] = [
  (entry) => ({ ...entry, body: { ...entry.body, mark: 'changed' } }),
  (entry) => ({ ...entry, body: {} }),
  (entry) => ({ ...entry, at: '2026-01-02T03:04:06.000Z' }),
  (entry) => ({ ...entry, kind: 'approval' }),
  (entry) => ({ ...entry, previous: 'f'.repeat(64) }),
  (entry) => ({ ...entry, seq: entry.seq + 1 }),
];

/** Changes of the bytes of a line that a JSON reader would not notice. */
const respellings: readonly ((line: string) => string)[] = [
  (line) => line.replace('":', '": '),
  (line) => ` ${line}`,
  (line) => line.replace('ş', '\\u015f'),
  (line) => line.replace('"seq":', '"seq":0,"seq":'),
  (line) => line.replace('0.1', '0.10'),
  (line) => `${line},`,
  (line) => line.slice(0, -1),
  () => '',
];

/** Everything from `place` on is another log's, with hashes and links made anew. */
function rewritten(place: number): AuditEntry[] {
  let previous = whole[place - 1]?.hash ?? auditStart.hash;
  return whole.map((entry, index) => {
    if (index < place) return entry;
    const body = index === place ? { ...entry.body, mark: 'rewritten' } : entry.body;
    const forged = sealed({ ...entry, body, previous });
    previous = forged.hash;
    return forged;
  });
}

/** The first entry at or after a place (from 0) that was anchored: a log rewritten from there is found out at it. */
function nextAnchor(place: number): number {
  return anchors.find(({ seq }) => seq > place)?.seq ?? length;
}

const mutations = {
  changed: (place, pick) => withEntry(place, changes[pick(changes.length)] ?? ((entry) => entry)),
  'changed and sealed anew': (place) =>
    withEntry(place, (entry) => sealed({ ...entry, body: { ...entry.body, mark: 'forged' } })),
  respelt: (place, pick) => {
    const respell = respellings[pick(respellings.length)] ?? ((line) => `${line} `);
    return {
      lines: linesOf(whole).map((line, index) => (index === place ? respell(line) : line)),
      firstBad: place + 1,
    };
  },
  deleted: (place) => ({ lines: linesOf(whole.toSpliced(place, 1)), firstBad: place + 1 }),
  inserted: (place, pick) => {
    const forged = sealed({ ...(whole[place] as AuditEntry), body: { forged: pick(9) } });
    return { lines: linesOf(whole.toSpliced(place, 0, forged)), firstBad: place + 1 };
  },
  'inserted from another log': (place) => ({
    lines: linesOf(whole.toSpliced(place, 0, alien[place] as AuditEntry)),
    firstBad: place + 1,
  }),
  twice: (place) => ({
    lines: linesOf(whole.toSpliced(place, 0, whole[place] as AuditEntry)),
    firstBad: place + 2,
  }),
  swapped: (place, pick) => {
    const other = (place + 1 + pick(length - 1)) % length;
    const [first, second] = [Math.min(place, other), Math.max(place, other)];
    const entries = whole.with(first, whole[second] as AuditEntry).with(second, whole[first] as AuditEntry);
    return { lines: linesOf(entries), firstBad: first + 1 };
  },
  cut: (place) => ({ lines: linesOf(whole.slice(0, place)), firstBad: place + 1 }),
  'spliced with another log': (place) => ({
    lines: linesOf([...whole.slice(0, place), ...alien.slice(place)]),
    firstBad: place === 0 ? nextAnchor(0) : place + 1,
  }),
  'written anew from here on': (place) => ({ lines: linesOf(rewritten(place)), firstBad: nextAnchor(place) }),
} satisfies Record<string, Mutation>;

const names = Object.keys(mutations) as (keyof typeof mutations)[];
