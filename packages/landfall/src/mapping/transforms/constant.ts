import { z } from 'zod';
import { anyTransform, gives } from '../transform.ts';

const constant = z.union([z.string().min(1), z.boolean()]);

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.every((item) => item === ''));
}

const fixed = anyTransform({
  name: 'fixed',
  summary: 'Gives one value, whatever the source says.',
  gives: (settings) => (typeof settings.value === 'boolean' ? 'boolean' : 'text'),
  effect: 'byRule',
  settings: z.strictObject({ value: constant.describe('The value to give.') }),
  onEmpty: true,
  examples: [
    { value: 'anything', settings: { value: 'call' }, gives: 'call' },
    { value: null, settings: { value: true }, gives: true },
    { value: 'call', settings: { value: 'call' }, gives: 'call', effect: 'byRule' },
  ],
  prepare: (settings) => () => gives(settings.value, 'byRule'),
});

const defaultValue = anyTransform({
  name: 'default',
  summary: 'Gives a value where the source has none; other values stay.',
  gives: (settings) => (typeof settings.value === 'boolean' ? 'boolean' : 'text'),
  effect: 'byRule',
  settings: z.strictObject({ value: constant.describe('The value where there is none.') }),
  onEmpty: true,
  examples: [
    { value: null, settings: { value: 'Other' }, gives: 'Other', effect: 'byRule' },
    { value: '', settings: { value: 'Other' }, gives: 'Other', effect: 'byRule' },
    { value: 'Web', settings: { value: 'Other' }, gives: 'Web', effect: 'asIs' },
    { value: [], settings: { value: 'Other' }, gives: 'Other', effect: 'byRule' },
  ],
  prepare: (settings) => (value) => (isEmpty(value) ? gives(settings.value, 'byRule') : gives(value, 'asIs')),
});

/** Transforms that give a value of the mapping's own. */
export const constantTransforms = [fixed, defaultValue];
