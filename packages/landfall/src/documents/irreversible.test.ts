import { expect, it } from 'vitest';
import { irreversible } from './irreversible.ts';

it('what cannot be taken back is told as far as it applies (reliability.md 7.3)', () => {
  const told = (makesFields: boolean, asksRelationships: boolean) =>
    irreversible({ destination: 'Pipedrive', makesFields, asksRelationships }).join(' ');
  expect(told(true, true)).toMatch(/webhooks.*30 days.*Ids.*change log.*merged.*field or option/);
  expect(told(false, true)).not.toMatch(/field or option|rollbackRelationships/);
  expect(told(false, false)).toMatch(/rollbackRelationships: skip/);
});
