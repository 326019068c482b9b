import type { TargetRecord, TargetValue } from '../../model/target.ts';
import type { AfterImage } from '../load/outcome.ts';

/** What the load kept of a record: how it was when we had made it, or what we filled in and what stood there before. */
export interface RecordImage extends Partial<AfterImage> {
  readonly before?: TargetRecord['values'];
  readonly wrote?: Readonly<Record<string, TargetValue>>;
  /** Links that people changed, as an earlier look found: an empty one was emptied by them, whatever became of its old end. */
  readonly theirs?: readonly string[];
}

/** Reads an image as the store kept it; none is an empty one. */
export function parseImage(json: string | undefined): RecordImage {
  return json === undefined ? {} : (JSON.parse(json) as RecordImage);
}
