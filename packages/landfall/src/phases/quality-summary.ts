import type { LookupKey } from '../model/source.ts';
import type { TargetEntity } from '../model/target.ts';

/** Records that look like one and the same, by what. */
export interface DuplicateCount {
  readonly entity: string;
  readonly target: TargetEntity;
  readonly by: LookupKey['kind'];
  readonly groups: number;
  readonly records: number;
}

/** The quality of the source in numbers; the lines are in the quality report. */
export interface QualitySummary {
  readonly duplicates: readonly DuplicateCount[];
  /** Rejects and listed field troubles by `<phase>|<entity>|<code>|<field>`. */
  readonly troubles: readonly { readonly what: string; readonly count: number }[];
}
