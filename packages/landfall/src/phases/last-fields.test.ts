import { expect, it } from 'vitest';
import { sourceKey } from '../model/key.ts';
import type { TargetDraft, TargetValue } from '../model/target.ts';
import { splitLastFields } from './last-fields.ts';

function deal(values: Readonly<Record<string, TargetValue>>): TargetDraft {
  const fields = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, effect: 'asIs' as const, row: 3 }]),
  );
  return { entity: 'deal', key: sourceKey('deals', '7'), part: '', fields, links: [], title: 'Big deal' };
}

const time = '2024-01-02T03:04:05Z';

it('an archived deal is made first and archived by a record of its own, last (facts.md 2.4)', () => {
  const [first, last, ...more] = splitLastFields(
    deal({ title: 'Big', is_archived: true, archive_time: time }),
  );
  expect(more).toEqual([]);
  expect(Object.keys(first?.fields ?? {})).toEqual(['title']);
  expect(last).toMatchObject({
    entity: 'archivedDeal',
    key: 'deals:7',
    part: '',
    fields: { archive_time: { value: time } },
    links: [{ field: 'deal_id', entity: 'deal', self: true }],
  });
});

it('a deal that is not archived loses nothing but the word', () => {
  const found = splitLastFields(deal({ title: 'Big', is_archived: false }));
  expect(found.map(({ fields }) => Object.keys(fields))).toEqual([['title']]);
});

it('other drafts stay as they are', () => {
  const draft = deal({ title: 'Big' });
  expect(splitLastFields(draft)).toEqual([draft]);
  const person = { ...draft, entity: 'person' as const };
  expect(splitLastFields(person)).toEqual([person]);
});
