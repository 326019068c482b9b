import { mix } from '../guid.ts';
import type { Organization } from './organization.ts';

/** An id for a record that is added, decided by the seed and by how many changes there were. */
export function newId({ world, version }: Organization): string {
  const part = (salt: number) =>
    mix(world.plan.seed, Number(version % 4_294_967_296n), salt)
      .toString(16)
      .padStart(8, '0');
  const hex = part(21) + part(22) + part(23) + part(24);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-f011-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
