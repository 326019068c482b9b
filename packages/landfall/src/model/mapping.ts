import type { CustomFieldEntity } from './entity-table.ts';
import type { CustomFieldType, TargetEntity } from './target.ts';

/** A transform by name, or by name with settings: `trim`, `{ date: { format: 'dd.MM.yyyy' } }`. */
export type TransformCall = string | { readonly [name: string]: Readonly<Record<string, unknown>> };

/** Holds when the field's text, case and spaces aside, is one of `in` (or none of `notIn`, or empty / filled). */
export interface Condition {
  /** A source field by its standard or exact name ... */
  readonly source?: string;
  /** ... or a target field that an earlier row has set. */
  readonly target?: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
  readonly filled?: boolean;
}

/** One row of a mapping: data, the same in a template, in `mapping.yaml`, in the workbook and on the screen. */
export interface MappingRow {
  /**
   * `<entity>.<field>`, with a part where the field has them: `person.emails.work`,
   * `organization.address.city`, `deal.custom.Region`, `activity.block.Disposition` (a line of the activity's block).
   */
  readonly to: string;
  /** Source fields: all filled ones are handed to the first transform, one of them as a plain value. */
  readonly from?: string | readonly string[];
  /** A constant, instead of `from`. */
  readonly value?: string | boolean;
  readonly via?: readonly TransformCall[];
  readonly onlyIf?: Condition | readonly Condition[];
  /** What to do when there is nothing: leave it out (default), put the record aside, ask, or a default value. */
  readonly whenEmpty?: 'skip' | 'reject' | 'review' | { readonly use: string | boolean };
  /** What to do when a transform refuses the value: put the record aside, or leave the field out and list it (default). */
  readonly whenRefused?: 'list' | 'reject';
  readonly why?: string;
}

/**
 * Values of records below this one, brought up to it before its rows run: the field `Plan` of a gathered record is read
 * as `<as>.Plan`, a list with a value for each record, in order of reading. A gathered record needs no mapping of its
 * own: it is counted as merged; one whose parent is not there is rejected, never lost.
 */
export interface Gather {
  /** The entity of the records below. */
  readonly from: string;
  /** Their field that names this record by its id; the source gives it as a lookup key of kind `parent`. */
  readonly by: string;
  /** The name their fields go by here. */
  readonly as: string;
  /** At most so many; what is beyond is listed. */
  readonly limit?: number;
  /** Only the records that fulfil it are read under this name; source fields are those of the records below. */
  readonly when?: Condition | readonly Condition[];
}

/** What one source entity becomes. Several of them for one entity: the first whose `when` holds. */
export interface EntityMapping {
  readonly from: string;
  readonly to: TargetEntity;
  /** '' (default) for the record itself; a name when a record makes a second draft. */
  readonly part?: string;
  readonly when?: Condition | readonly Condition[];
  readonly gather?: readonly Gather[];
  readonly rows: readonly MappingRow[];
  readonly why?: string;
}

/** A custom field the mapping needs in the destination; made by `configure` when the account has none of that name. */
export interface NewField {
  readonly entity: CustomFieldEntity;
  readonly name: string;
  readonly type: CustomFieldType;
  readonly why?: string;
}

/** A stage of a pipeline with the source's names for it. */
export interface StageMapping {
  readonly name: string;
  /** 0 to 100, or absent when the source has none. */
  readonly probability?: number;
  /** The source's stage names that mean it. */
  readonly from: readonly string[];
}

/** A pipeline, its stages in order, and the source stages that are really an outcome. */
export interface PipelineMapping {
  readonly name: string;
  /** The source's pipeline names that mean it; '' for deals that name none. */
  readonly from: readonly string[];
  readonly stages: readonly StageMapping[];
  readonly closed?: readonly { readonly from: string; readonly status: 'won' | 'lost' }[];
}

/** A decision not to move a source field, on the record; field `*`: the whole entity. */
export interface LeftOut {
  readonly entity: string;
  readonly field: string;
  readonly why: string;
  /** With field `*`: only the records that fulfil it stay behind, each listed with `why`. */
  readonly when?: Condition | readonly Condition[];
  /** How such a record is counted: left out (default), or part of another record that is moved. */
  readonly code?: 'left-out' | 'merged';
}

/** The whole map: what a person approves by its hash. */
export interface Mapping {
  readonly version: 1;
  readonly source: string;
  readonly entities: readonly EntityMapping[];
  readonly fields: readonly NewField[];
  readonly pipelines: readonly PipelineMapping[];
  /** Value tables by name: source text (case and spaces aside) -> target text. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly leave: readonly LeftOut[];
}

/** A fault in a mapping, with the line of `mapping.yaml` and the fix. */
export interface MappingFault {
  /** 1-based; 0 when the mapping did not come from a file. */
  readonly line: number;
  /** `entities[2].rows[4].from` */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** What transforms need to know about the company: from the policies of `landfall.yaml`. */
export interface MappingContext {
  /** IANA zone for times without one. */
  readonly timezone: string;
  /** ISO 3166 alpha-2, for national phone numbers. */
  readonly country: string;
  /** ISO 4217, for amounts without one. */
  readonly currency: string;
}

/** How often the source names a stage together with the other texts beside it. */
export interface StageShape {
  readonly pipeline: string;
  readonly stage: string;
  readonly status: string;
  readonly probability: string;
  readonly count: number;
  /** The order of reading of the first record that has it. */
  readonly firstSeen: number;
}
