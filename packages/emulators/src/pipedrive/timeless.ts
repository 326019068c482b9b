interface Kept {
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** A record without its times, as the snapshot shows it. */
export function timeless<T extends Kept>(record: T): Omit<T, keyof Kept> {
  const { addedSec: _added, updatedSec: _updated, deletedSec: _deleted, ...rest } = record;
  return rest;
}
