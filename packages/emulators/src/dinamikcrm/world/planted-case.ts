import { moduleNamed } from '../schema/schema.ts';
import { numberOf } from './row.ts';

/** A case that a rule of the DinamikCRM rows needs, and where it is found. */
export interface Planted {
  /** `D-20(a)`; several rules may share a case. */
  readonly rules: readonly string[];
  /** For people: what is special. */
  readonly why: string;
  /** A module, with the number of the record when it is one; else an endpoint. */
  readonly module: string;
  readonly id?: number;
  /** In the place of what would be there. `active`, `insertDate` and `updateDate` may be among them. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** A reference to the record of an id, of any module. */
export function plantedParent(module: string, id: number): Record<string, unknown> {
  const { id: moduleId, table } = moduleNamed(module);
  return { moduleId, dataNumber: numberOf(table, id) };
}
