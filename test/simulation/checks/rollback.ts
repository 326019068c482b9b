import { isDeepStrictEqual } from 'node:util';
import type { RollbackSummary } from '../../../packages/landfall/src/model/plan.ts';
import type { Snapshot, SnapshotRecord } from '../../scenarios/support/emulator.ts';
import { type Edited, editable, recordIn, recordName } from '../edits.ts';

/** What a rollback is held against. */
export interface RollbackEvidence {
  /** Before the migration, after it, with people's edits, and after the rollback. */
  readonly before: Snapshot;
  readonly loaded: Snapshot;
  readonly edited: Snapshot;
  readonly after: Snapshot;
  readonly edits: Edited;
  readonly summary: RollbackSummary;
  /**
   * Whether more than was touched may be kept, as long as it is listed: people changed the shape of the account (F8), or
   * the machine's clock is off, so that a record found after a lost answer looks changed since (F11).
   */
  readonly mayKeepMore: boolean;
}

const links = { org_id: 'organization', person_id: 'person', deal_id: 'deal' } as const;
const configuration = ['users', 'fields', 'pipelines', 'stages', 'activityTypes', 'leadLabels'] as const;

/** The account as it was, but for what people did since: their work stays, is listed, and nothing else is left (I6). */
export function checkRollback(evidence: RollbackEvidence): readonly string[] {
  return [
    ...checkRecords(evidence),
    ...checkLeft(evidence),
    ...checkAttached(evidence),
    ...checkLines(evidence),
    ...checkConfiguration(evidence),
  ];
}

function namesIn(snapshot: Snapshot): readonly string[] {
  return editable.flatMap((plural) =>
    (snapshot[plural] ?? []).map((record) => recordName(plural, record['id'])),
  );
}

/** Records that were there before: as they were, or as people left them. */
function checkRecords({ before, edited, after, edits }: RollbackEvidence): readonly string[] {
  const found: string[] = [];
  for (const name of namesIn(before)) {
    const now = recordIn(after, name);
    if (edits.removed.has(name)) continue;
    if (now === undefined) found.push(`I6 ${name} was there before and is gone`);
    else if (!edits.touched.has(name))
      found.push(
        ...unequal(`I6 ${name}`, cleaned(recordIn(before, name), before, after), cleaned(now, before, after)),
      );
    else found.push(...lostEdits(name, recordIn(before, name), recordIn(edited, name), now));
  }
  for (const name of edits.made) {
    if (edits.removed.has(name)) continue;
    const [was, now] = [recordIn(edited, name), recordIn(after, name)];
    if (now === undefined) found.push(`I6 ${name}, which a person made, is gone`);
    else if (was !== undefined)
      found.push(
        ...unequal(
          `I6 ${name}, which a person made`,
          cleaned(was, edited, after),
          cleaned(now, edited, after),
        ),
      );
  }
  return found;
}

/** What a person changed in a record that was there before stays as they left it. */
function lostEdits(
  name: string,
  before: SnapshotRecord | undefined,
  edited: SnapshotRecord | undefined,
  now: SnapshotRecord,
): readonly string[] {
  const changed = Object.keys(edited ?? {}).filter(
    (field) => !isDeepStrictEqual(edited?.[field], before?.[field]),
  );
  return changed
    .filter((field) => field !== 'custom_fields' && field !== 'label_ids')
    .filter(
      (field) =>
        !isDeepStrictEqual(now[field], edited?.[field]) && !isDeepStrictEqual(now[field], before?.[field]),
    )
    .map((field) => `I6 ${name}.${field} is neither as it was nor as a person left it`);
}

/** What is left of ours: only what people touched, and what that hangs on; all of it listed, unchanged. */
function checkLeft(evidence: RollbackEvidence): readonly string[] {
  const { before, edited, after, edits, summary, mayKeepMore } = evidence;
  const found: string[] = [];
  const there = new Set(namesIn(before));
  const ours = namesIn(edited).filter((name) => !there.has(name) && !edits.made.has(name));
  const wanted = withParents((name) => recordIn(edited, name), [...edits.touched, ...edits.made]);
  const listed = new Map(
    summary.kept.map(({ entity, targetId, because }) => [`${entity} ${targetId}`, because]),
  );
  for (const name of ours) {
    const now = recordIn(after, name);
    const isTouched = edits.touched.has(name) && isChanged(evidence, name);
    if (now === undefined && isTouched) found.push(`I6 ${name} is gone with what a person did to it`);
    if (now === undefined) continue;
    if (!wanted.has(name) && !mayKeepMore)
      found.push(`I6 ${name} is ours, untouched, and was left: ${listed.get(name) ?? ''}`);
    if (!listed.has(name)) found.push(`I6 ${name} was kept and is not listed`);
    if (!isTouched) continue;
    found.push(
      ...unequal(
        `I6 ${name}, touched by a person`,
        cleaned(recordIn(edited, name), edited, after),
        cleaned(now, edited, after),
      ),
    );
  }
  return found;
}

/** What is no record of its own to people: only what is listed as kept is left of it. */
const attached = { files: 'file', products: 'product', dealProducts: 'dealProduct' } as const;

function checkAttached({ before, after, summary }: RollbackEvidence): readonly string[] {
  // a line's id names its deal too
  const listed = new Set(
    summary.kept.map(({ entity, targetId }) => `${entity} ${targetId.split('/').at(-1)}`),
  );
  return Object.entries(attached).flatMap(([list, entity]) => {
    const there = new Set((before[list] ?? []).map(({ id }) => id));
    return (after[list] ?? [])
      .filter(({ id }) => !there.has(id) && !listed.has(`${entity} ${String(id)}`))
      .map(({ id }) => `I6 ${entity} ${String(id)} is ours, was left and is not listed`);
  });
}

/** A deal that stays has the lines it had, and no product of ours stays that none of them sells. */
function checkLines({ before, edited, after, mayKeepMore }: RollbackEvidence): readonly string[] {
  const lines = after['dealProducts'] ?? [];
  const staying = new Set(lines.map(({ id }) => id));
  const stays = (deal: string) => recordIn(after, deal) !== undefined && recordIn(before, deal) === undefined;
  const lost = (edited['dealProducts'] ?? []).filter(
    ({ id, deal_id }) => !staying.has(id) && stays(`deal ${String(deal_id)}`),
  );
  const needed = new Set(
    [...lines, ...(before['products'] ?? [])].map((one) => one['product_id'] ?? one['id']),
  );
  const idle = (after['products'] ?? []).filter(({ id }) => !mayKeepMore && !needed.has(id));
  return [
    ...lost.map(
      ({ id, deal_id }) => `I6 line ${String(id)} of deal ${String(deal_id)}, which stays, is gone`,
    ),
    ...idle.map(({ id }) => `I6 product ${String(id)} is ours, was left and no line sells it`),
  ];
}

/** Whether there is still something of a person's at it: an edit may have been taken back by the next one. */
function isChanged(evidence: RollbackEvidence, name: string): boolean {
  const { loaded, edited, edits } = evidence;
  const [was, now] = [recordIn(loaded, name), recordIn(edited, name)];
  if (was === undefined || now === undefined) return false;
  if (unequal(name, cleaned(was, loaded, edited), cleaned(now, loaded, edited)).length > 0) return true;
  return [...edits.made].some(
    (made) =>
      recordIn(edited, made) !== undefined && withParents((one) => standing(evidence, one), [made]).has(name),
  );
}

/** A record as people left it, but for the links that the migration filled in one that was there: those are taken back. */
function standing({ before, loaded, edited }: RollbackEvidence, name: string): SnapshotRecord | undefined {
  const [was, filled, now] = [before, loaded, edited].map((snapshot) => recordIn(snapshot, name));
  if (was === undefined || now === undefined) return now;
  const ours = Object.keys(links).filter((field) => isDeepStrictEqual(now[field], filled?.[field]));
  return { ...now, ...Object.fromEntries(ours.map((field) => [field, was[field]])) };
}

/** Configuration that was there is as it was; what is left of ours is listed. */
function checkConfiguration({ before, after, summary }: RollbackEvidence): readonly string[] {
  const found: string[] = [];
  const kept = summary.kept.filter(({ entity }) => entity === 'configuration').length;
  let left = 0;
  for (const kind of configuration) {
    const nameOf = (one: SnapshotRecord) =>
      String(one['field_code'] ?? one['id']) + String(one['entity'] ?? '');
    const now = new Map((after[kind] ?? []).map((one) => [nameOf(one), one]));
    for (const one of before[kind] ?? []) {
      const same = now.get(nameOf(one));
      now.delete(nameOf(one));
      if (same === undefined) found.push(`I6 ${kind} ${nameOf(one)} was there before and is gone`);
      else if (!isDeepStrictEqual(same, one)) left += 1;
    }
    left += now.size;
  }
  if (left > kept)
    found.push(`I6 ${left} parts of the configuration are not as before, ${kept} are listed as kept`);
  return found;
}

/** A record without links to records that are gone, and without fields that only one of both accounts has. */
function cleaned(record: SnapshotRecord | undefined, from: Snapshot, to: Snapshot): SnapshotRecord {
  const codes = (snapshot: Snapshot) =>
    new Set((snapshot['fields'] ?? []).map((field) => String(field['field_code'])));
  const both = codes(from).intersection(codes(to));
  const custom = Object.entries((record?.['custom_fields'] ?? {}) as SnapshotRecord);
  const filled = custom.filter(([code, value]) => both.has(code) && value !== null);
  const told: Record<string, unknown> = { ...record, custom_fields: Object.fromEntries(filled) };
  for (const [field, kind] of Object.entries(links)) {
    const id = told[field];
    if (typeof id === 'number' && recordIn(to, `${kind} ${id}`) === undefined) told[field] = null;
  }
  delete told['participants'];
  return told;
}

function unequal(what: string, was: SnapshotRecord, now: SnapshotRecord): readonly string[] {
  const fields = new Set([...Object.keys(was), ...Object.keys(now)]);
  return [...fields]
    .filter((field) => !isDeepStrictEqual(was[field], now[field]))
    .map(
      (field) => `${what}.${field}: ${JSON.stringify(now[field])} instead of ${JSON.stringify(was[field])}`,
    );
}

/** These records and everything they are linked to. */
function withParents(
  recordOf: (name: string) => SnapshotRecord | undefined,
  names: readonly string[],
): ReadonlySet<string> {
  const all = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (all.has(name)) continue;
    all.add(name);
    const record = recordOf(name);
    for (const [field, kind] of Object.entries(links))
      if (typeof record?.[field] === 'number') open.push(`${kind} ${record[field]}`);
    for (const one of (record?.['participants'] ?? []) as readonly SnapshotRecord[])
      open.push(`person ${String(one['person_id'])}`);
  }
  return all;
}
