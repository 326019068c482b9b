import { describe, expect, it } from 'vitest';
import { imbalances } from './ledger.ts';

const finished = { transform: true, load: true, verify: true };

describe('the books (law 1, I1)', () => {
  it('balance when every record is in exactly one column', () => {
    const ledger = {
      source: { contacts: { extracted: 10, excluded: 1, rejected: 2, mapped: 7 } },
      target: {
        person: {
          drafted: 7,
          created: 4,
          updated: 1,
          skipped: 1,
          failed: 1,
          linksDue: 3,
          linked: 2,
          unlinked: 1,
          verified: 4,
          diverged: 1,
        },
      },
    };
    expect(imbalances(ledger, finished)).toEqual([]);
  });

  it.each([
    ['a record that left without a reason', { extracted: 10, mapped: 9 }, {}, 'contacts: extracted 10'],
    ['a draft nobody wrote', {}, { drafted: 2, created: 1 }, 'person: drafted 2'],
    ['a write still in doubt', {}, { drafted: 1, created: 1, inDoubt: 1, verified: 1 }, 'still in doubt'],
    ['a link that is nowhere', {}, { linksDue: 1 }, 'links due 1'],
    ['a record nobody verified', {}, { drafted: 1, created: 1 }, 'created + matched + updated'],
  ])('do not balance with %s', (_what, contacts, person, message) => {
    const found = imbalances({ source: { contacts }, target: { person } }, finished);
    expect(found.join('\n')).toContain(message);
  });

  it('ask nothing of phases that have not run', () => {
    const ledger = { source: { contacts: { extracted: 5 } }, target: { person: { drafted: 5 } } };
    expect(imbalances(ledger, { transform: false, load: false, verify: false })).toEqual([]);
  });
});
