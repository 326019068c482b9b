import { expect, it } from 'vitest';
import { entityOfKey, idOfKey, markerOf, sourceKey } from './key.ts';

it('a source key keeps ids that hold colons', () => {
  const key = sourceKey('contacts', 'a:b');
  expect([entityOfKey(key), idOfKey(key)]).toEqual(['contacts', 'a:b']);
});

it('the marker is <migration>:<system>:<entity>:<source id>, with the part when there is one', () => {
  expect(markerOf('acme', 'crm', sourceKey('deals', '7'), '')).toBe('acme:crm:deals:7');
  expect(markerOf('acme', 'crm', sourceKey('deals', '7'), 'placeholder')).toBe(
    'acme:crm:deals:7#placeholder',
  );
});

it('a marker never passes 255 characters and long ids still give different ones', () => {
  const long = (end: string) => markerOf('acme', 'crm', sourceKey('deals', `${'x'.repeat(300)}${end}`), '');
  expect(long('1').length).toBeLessThanOrEqual(255);
  expect(long('1')).not.toBe(long('2'));
});
