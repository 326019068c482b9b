import { describe, expect, it } from 'vitest';
import { type Example, effectOf, type Transform, type TransformContext } from './transform.ts';
import { transforms } from './transforms.ts';

const company: TransformContext = {
  timezone: 'Europe/Istanbul',
  country: 'TR',
  currency: 'TRY',
  values: {},
  pipelines: [],
};

function title(transform: Transform, example: Example): string {
  const settings = example.settings === undefined ? '' : ` with ${JSON.stringify(example.settings)}`;
  const expected = example.refuses === undefined ? `gives ${JSON.stringify(example.gives)}` : 'is refused';
  return `${transform.name} of ${JSON.stringify(example.value)}${settings} ${expected}`;
}

describe('every example of every transform holds (MAP-10, DQ-03)', () => {
  const cases = transforms.flatMap((transform) =>
    transform.examples.map((example) => ({ title: title(transform, example), transform, example })),
  );

  it('there are at least 250 of them, and every transform has three', () => {
    expect(cases.length).toBeGreaterThanOrEqual(250);
    expect(transforms.filter((transform) => transform.examples.length < 3).map(({ name }) => name)).toEqual(
      [],
    );
    expect(new Set(transforms.map(({ name }) => name)).size).toBe(transforms.length);
  });

  it.each(cases)('$title', ({ transform, example }) => {
    const outcome = transform.apply(example.value, example.settings, { ...company, ...example.context });
    if (example.refuses !== undefined) {
      expect(outcome).toMatchObject({ ok: false });
      expect(outcome.ok ? '' : outcome.reason).toContain(example.refuses);
      return;
    }
    expect(outcome).toMatchObject({ ok: true });
    if (!outcome.ok) return;
    expect(outcome.value).toEqual(example.gives);
    if (example.effect !== undefined) {
      expect(effectOf(example.value, outcome, transform.effect)).toBe(example.effect);
    }
  });
});
