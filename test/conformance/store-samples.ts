import type { Clock, Ports } from '../../packages/landfall/src/base/ports.ts';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { sourceKey, targetId } from '../../packages/landfall/src/model/key.ts';
import type { SourceRecord, SourceValue } from '../../packages/landfall/src/model/source.ts';
import type { NewOperation, Staged, Store, StoreWriter } from '../../packages/landfall/src/model/store.ts';
import type { DraftRef, TargetDraft } from '../../packages/landfall/src/model/target.ts';

/** A store under test with the ways to open it again. */
export interface StoreBench {
  readonly store: Store;
  /** The time all stores of this bench live in. */
  readonly clock: TestClock;
  /** Closes `store` and opens the same migration again. */
  reopen(): Promise<Store>;
  /** A second opening of the same migration, beside `store`. */
  second(): Promise<Store>;
  /** Another migration in the same database. */
  neighbour(): Promise<Store>;
  dispose(): Promise<void>;
}

/** A clock that moves only when told, or slept on. */
export interface TestClock extends Clock {
  /** Time passes. */
  advance(ms: number): void;
  /** Civil time jumps, no time passes. */
  jump(ms: number): void;
}

/** Starts at 2026-01-02T03:04:05Z. */
export function testClock(): TestClock {
  let passedMs = 0;
  let jumpedMs = 0;
  return {
    nowMs: () => Date.UTC(2026, 0, 2, 3, 4, 5) + passedMs + jumpedMs,
    monotonicMs: () => passedMs,
    sleep: async (ms) => {
      passedMs += ms;
      await new Promise((resolve) => setTimeout(resolve, 1));
    },
    advance: (ms) => {
      passedMs += ms;
    },
    jump: (ms) => {
      jumpedMs += ms;
    },
  };
}

/** Ports with this clock. */
export function portsWith(clock: Clock): Ports {
  return systemPorts({ clock });
}

/** A contact with an id and an e-mail to be found by. */
export function contact(id: string, more: Partial<SourceRecord> = {}): SourceRecord {
  return {
    entity: 'contact',
    key: sourceKey('contact', id),
    fields: named({ 'Contact ID': id, Name: `Contact ${id}` }),
    position: `contacts.csv:${id}`,
    lookup: [
      { kind: 'id', value: id },
      { kind: 'email', value: `${id}@example.com` },
    ],
    ...more,
  };
}

/** Stages records and puts them into the index. */
export async function stageIndexed(writer: StoreWriter, records: readonly SourceRecord[]): Promise<Staged> {
  const staged = await writer.stage(records);
  for (const entity of new Set(records.map((one) => one.entity))) while (await writer.indexStaged(entity));
  return staged;
}

/** An object without a prototype. */
export function named<T extends Record<string, SourceValue>>(fields: T): T {
  return Object.assign(Object.create(null), fields) as T;
}

/** Names a person's draft. */
export function personRef(id: string, part = ''): DraftRef {
  return { entity: 'person', key: sourceKey('contact', id), part };
}

/** A person's draft with one value and one link. */
export function personDraft(id: string, title = `Contact ${id}`): TargetDraft & { position: string } {
  return {
    ...personRef(id),
    title,
    position: `contacts.csv:${id}`,
    fields: { name: { value: title, effect: 'asIs', row: 3 } },
    links: [
      {
        field: 'org_id',
        entity: 'organization',
        source: 'company',
        tries: [{ kind: 'id', value: '7', from: 'Company ID' }],
        within: null,
        whenMissing: 'review',
        text: '7',
        row: 4,
      },
    ],
  };
}

/** A planned creation of a person. */
export function personOperation(id: string, more: Partial<NewOperation> = {}): NewOperation {
  return {
    ...personRef(id),
    action: 'create',
    because: 'not in the destination yet',
    costTokens: 5,
    links: [{ field: 'org_id', entity: 'organization', to: { targetId: targetId(7) }, evidence: 'id' }],
    extra: { owner_id: '12' },
    targetId: null,
    fingerprint: `main:sample:contact:${id}`,
    ...more,
  };
}

/** `from` to `to`, as text. */
export function idsBetween(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_none, index) => String(from + index));
}
