import type { Mapping } from '../model/mapping.ts';
import type { SourceCatalog } from '../model/source.ts';
import type { TargetCatalog } from '../model/target.ts';
import type { Faults } from './fault.ts';

/** What all parts of the check work with. */
export interface CheckContext {
  readonly mapping: Mapping;
  readonly source: SourceCatalog;
  readonly target: TargetCatalog | null;
  readonly faults: Faults;
  /** `<entity>|custom.<name>` of the custom fields that rows fill. */
  readonly usedFields: Set<string>;
}
