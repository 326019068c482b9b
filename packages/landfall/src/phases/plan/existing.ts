import { companyKey, domainKey, emailKey } from '../../mapping/key.ts';
import type { TargetId } from '../../model/key.ts';
import type { Question } from '../../model/question.ts';
import type { LookupKey } from '../../model/source.ts';
import type { ExistingKey, StoredDraft, StoreReader } from '../../model/store.ts';
import type { Address, ContactPoint, TargetEntity, TargetRecord, TargetValue } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { existingCountName } from './operation-counts.ts';

/** Entities that are matched against what already lies in the destination, and by what (decisions.md, Identity). */
const matchedEntities: readonly TargetEntity[] = ['organization', 'person'];

/**
 * Walks the destination's lists once (10 tokens per 500 records) and keeps by what each record can be matched.
 * What the migration made and rollback kept is known by its identity, not by these keys.
 */
export async function readExisting(
  context: PhaseContext,
  entities: ReadonlySet<TargetEntity>,
): Promise<void> {
  await context.store.write(context.lease, async (writer) => {
    await writer.clearExisting();
    await writer.setValue('existing', null);
  });
  for (const entity of matchedEntities) {
    if (!entities.has(entity)) continue;
    let done = 0;
    for await (const page of context.destination.walk(entity, {}, context.signal)) {
      const keys = page.flatMap((record) => keysOf(record.entity, record.values, record.id));
      if (keys.length > 0) await keepExisting(context, keys);
      done += page.length;
      context.report({ phase: 'plan', subject: `existing ${entity}s`, done, total: null });
      stopIfAsked(context);
    }
    await context.store.write(context.lease, (writer) =>
      writer.setValue(existingCountName(entity), String(done)),
    );
  }
}

function keepExisting(context: PhaseContext, keys: readonly ExistingKey[]): Promise<void> {
  return context.store.write(context.lease, async (writer) => {
    await writer.addExisting(keys);
    await writer.setValue('existing', 'some');
  });
}

type Values = Readonly<Record<string, TargetValue | null | undefined>>;

function keysOf(entity: TargetEntity, values: Values, targetId: TargetId): ExistingKey[] {
  return lookupsOf(entity, values).map((lookup) => ({ ...lookup, entity, targetId }));
}

/** The keys a record of the destination, or a draft, is matched by: strongest first. */
function lookupsOf(entity: TargetEntity, values: Values): LookupKey[] {
  if (entity === 'person') {
    return points(values.emails).flatMap((point) => lookup('email', emailKey(point.value)));
  }
  const website = textOf(values.website) ?? textOf(values['custom.Domain']);
  const name = textOf(values.name);
  return [
    ...lookup('domain', website === null ? null : domainKey(website)),
    ...lookup('name', name === null ? null : companyKey(name)),
  ];
}

function lookup(kind: LookupKey['kind'], value: string | null): LookupKey[] {
  return value === null || value === '' ? [] : [{ kind, value }];
}

function textOf(value: TargetValue | Address | null | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function points(value: TargetValue | null | undefined): readonly ContactPoint[] {
  return Array.isArray(value)
    ? (value as readonly ContactPoint[]).filter((point) => typeof point === 'object')
    : [];
}

/** The existing record each draft fits, and by what. A key that several existing records share fits none. */
export async function matchExisting(
  reader: StoreReader,
  drafts: readonly StoredDraft[],
): Promise<ReadonlyMap<StoredDraft, { readonly id: TargetId; readonly by: LookupKey['kind'] }>> {
  const matches = new Map<StoredDraft, { id: TargetId; by: LookupKey['kind'] }>();
  const entity = drafts[0]?.entity;
  if (entity === undefined || !matchedEntities.includes(entity)) return matches;
  for (const by of ['email', 'domain', 'name'] as const) {
    const wanted = drafts.flatMap((draft) => draftKeys(draft, by).map((value) => ({ draft, value })));
    const found = await reader.existing(entity, by, [...new Set(wanted.map((one) => one.value))]);
    for (const { draft, value } of wanted) {
      const ids = found.get(value) ?? [];
      if (ids.length === 1 && ids[0] !== undefined && !matches.has(draft))
        matches.set(draft, { id: ids[0], by });
    }
  }
  return matches;
}

function draftKeys(draft: StoredDraft, by: LookupKey['kind']): string[] {
  const values = Object.fromEntries(Object.entries(draft.fields).map(([name, field]) => [name, field.value]));
  return lookupsOf(draft.entity, values)
    .filter((key) => key.kind === by)
    .map((key) => key.value);
}

/** The values of an existing record that are empty and that we could fill. */
export function emptyFields(record: TargetRecord, values: Values): string[] {
  return Object.keys(values).filter((name) => isEmpty(record.values[name]) && !isEmpty(values[name]));
}

function isEmpty(value: TargetValue | null | undefined): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** Asks what becomes of records that are there already. */
export function existingQuestion(entity: TargetEntity, records: readonly string[], count: number): Question {
  return {
    id: `existing-${entity}`,
    kind: 'existing',
    subject: entity,
    question: `${count} records fit a ${entity} that is already in the destination: what shall become of them?`,
    records,
    recordCount: count,
    choices: [
      {
        id: 'update-empty',
        label: 'Fill what is empty',
        consequence:
          'The existing record stays; only its empty fields are filled. Rollback empties them again.',
        default: true,
      },
      {
        id: 'skip',
        label: 'Leave the existing record as it is',
        consequence: 'Nothing is written to it; links lead to it.',
        default: false,
      },
      {
        id: 'create',
        label: 'Make new records all the same',
        consequence: 'Both will stand beside each other.',
        default: false,
      },
    ],
    blocks: 'plan',
  };
}
