import type { AccountFacts } from '../model/destination.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Forecast, OwnerRow, RollbackSummary, VerifySummary } from '../model/plan.ts';
import type { Automation, SourceCatalog } from '../model/source.ts';
import type { StoreReader, StoreWriter } from '../model/store.ts';
import type { TargetCatalog } from '../model/target.ts';
import type { QualitySummary } from './quality-summary.ts';

/** The single values a migration keeps beside its tables, by name. */
export interface StoredValues {
  readonly catalog: SourceCatalog;
  readonly account: AccountFacts;
  readonly target: TargetCatalog;
  readonly automations: readonly Automation[];
  readonly mapping: Mapping;
  readonly quality: QualitySummary;
  readonly owners: readonly OwnerRow[];
  readonly forecast: Forecast;
  readonly verify: VerifySummary;
  readonly rollback: RollbackSummary;
  /** What a phase last worked on, so that an unchanged input is not worked on again. */
  readonly extractedFrom: string;
  readonly transformedFrom: string;
  readonly plannedFrom: string;
  readonly planHash: string;
  /** Records that `extract` itself put aside, per source entity. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** When the load began and ended, ISO 8601. */
  readonly runStarted: string;
  readonly runFinished: string;
  readonly configured: string;
  readonly verified: string;
  readonly rolledBack: string;
}

/** Reads a stored value; null when the phase that makes it has not run. */
export async function readValue<Name extends keyof StoredValues>(
  reader: StoreReader,
  name: Name,
): Promise<StoredValues[Name] | null> {
  const text = await reader.getValue(name);
  return text === null ? null : (JSON.parse(text) as StoredValues[Name]);
}

/** Keeps a value within the transaction of `writer`; null forgets it. */
export function writeValue<Name extends keyof StoredValues>(
  writer: StoreWriter,
  name: Name,
  value: StoredValues[Name] | null,
): Promise<void> {
  return writer.setValue(name, value === null ? null : JSON.stringify(value));
}
