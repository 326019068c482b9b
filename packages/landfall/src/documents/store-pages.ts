import type { AuditEntry } from '../model/audit.ts';
import type { Finding, Operation, OperationState } from '../model/plan.ts';
import type { Reject } from '../model/source.ts';
import type { StagedRecord, StoredDraft, StoreReader } from '../model/store.ts';
import { type TargetEntity, targetEntities } from '../model/target.ts';

/** Records read at once: memory stays flat whatever the size of the migration. */
const pageSize = 1000;

/** Pages in the order of `seq`, until an empty one. */
async function* walk<T extends { readonly seq: number }>(
  read: (after: number) => Promise<readonly T[]>,
): AsyncIterable<readonly T[]> {
  for (let after = 0; ; ) {
    const page = await read(after);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.seq;
  }
}

/** A reject with the phase that put it there. */
export type StoredReject = Reject & { readonly seq: number; readonly phase: string };

/** All rejects and listed troubles, in pages. */
export function rejectPages(reader: StoreReader): AsyncIterable<readonly StoredReject[]> {
  return walk((after) => reader.rejects(null, after, pageSize));
}

/** The staged records of an entity, in pages. */
export function stagedPages(reader: StoreReader, entity: string): AsyncIterable<readonly StagedRecord[]> {
  return walk((after) => reader.stagedPage(entity, after, pageSize));
}

/** The whole audit log, in pages. */
export function auditPages(reader: StoreReader): AsyncIterable<readonly AuditEntry[]> {
  return walk((after) => reader.auditPage(after, pageSize));
}

/** All drafts of an entity, in pages. */
export function draftPages(reader: StoreReader, entity: TargetEntity): AsyncIterable<readonly StoredDraft[]> {
  return walk((after) => reader.draftPage(entity, after, pageSize));
}

/** All operations (of these states), in pages. */
export function operationPages(
  reader: StoreReader,
  filter: { readonly entity?: TargetEntity; readonly states?: readonly OperationState[] } = {},
): AsyncIterable<readonly Operation[]> {
  return walk((after) => reader.operationPage(filter, after, pageSize));
}

/** All findings of the proof, in pages. */
export function findingPages(
  reader: StoreReader,
): AsyncIterable<readonly (Finding & { readonly seq: number })[]> {
  return walk((after) => reader.findings(after, pageSize));
}

/** Groups of records that share a property, in pages. */
export async function* sharedPages(reader: StoreReader, entity: string, by: 'email' | 'domain' | 'name') {
  for (let after = ''; ; ) {
    const page = await reader.sharedLookups(entity, by, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.value;
  }
}

/** Sums of every reject by phase, entity, code and field; a few rows, whatever the number of records. */
export async function rejectTotals(reader: StoreReader): Promise<
  readonly {
    readonly phase: string;
    readonly entity: string;
    readonly code: string;
    readonly field: string;
    readonly count: number;
  }[]
> {
  const totals = new Map<
    string,
    { phase: string; entity: string; code: string; field: string; count: number }
  >();
  for await (const page of rejectPages(reader)) {
    for (const { phase, entity, code, field } of page) {
      const key = JSON.stringify([phase, entity, code, field]);
      const total = totals.get(key) ?? { phase, entity, code, field: field ?? '', count: 0 };
      total.count += 1;
      totals.set(key, total);
    }
  }
  return [...totals.values()].sort((a, b) => b.count - a.count);
}

/** The target entities in the order they are loaded. */
export const loadOrder: readonly TargetEntity[] = targetEntities;
