/** How far a conversion is, in the words of the API. */
export type ConversionStatus = 'not_started' | 'running' | 'completed' | 'failed' | 'rejected';

/** A job that makes a deal of a lead or a lead of a deal. Who asks for its status names `uuid`. */
export interface ConversionRecord {
  readonly id: number;
  readonly uuid: string;
  readonly kind: 'lead-to-deal' | 'deal-to-lead';
  /** The id of the lead or deal in its table. */
  readonly sourceId: number;
  readonly stageId: number | null;
  readonly userId: number;
  readonly startedMs: number;
  /** When it is carried out. */
  readonly dueMs: number;
  /** The id of what was made in its table; null until it is completed. */
  readonly targetId: number | null;
  readonly outcome: 'completed' | 'failed' | 'rejected' | null;
}
