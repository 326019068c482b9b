import { simulate } from './simulation.ts';

/** Worlds of the everyday run are smaller than those of the long one: about 25 records. */
export const everydayScale = 0.4;

/** Violations of so many seeds from `first` on; each replays with `npm run simulate -- --seed N --runs 1 --scale 0.4`. */
export async function violationsFrom(first: number, count: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const { violations, classes } = await simulate(seed, { scale: everydayScale });
    found.push(...violations.map((one) => `seed ${seed} [${classes.join(' ')}] ${one}`));
  }
  return found;
}
