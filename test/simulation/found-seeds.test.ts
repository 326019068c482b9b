import { expect, it } from 'vitest';
import { everydayScale as scale } from './everyday.ts';
import { simulate } from './simulation.ts';

it.each([
  [
    60_595,
    'a link that a person took away was taken for one that went with the organization, once that was gone (F14, F29)',
  ],
])(
  'seed %i, by which it was found that %s, holds now',
  async (seed) => {
    expect((await simulate(seed, { scale })).violations).toEqual([]);
  },
  60_000,
);
