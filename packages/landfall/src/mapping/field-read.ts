import type { Gather } from '../model/mapping.ts';
import { gatheredName } from './gather.ts';

/** A field of a source entity. */
export interface FieldRead {
  readonly entity: string;
  /** As the mapping writes it; null for the number of gathered records. */
  readonly field: string | null;
}

/** What a name in a row of `entity` means: a field of its own records, or of the records gathered below them. */
export function fieldRead(gathers: readonly Gather[], entity: string, name: string): FieldRead {
  const read = gatheredName(gathers, name);
  return read === null ? { entity, field: name } : { entity: read.gather.from, field: read.field };
}
