import type { CompiledRow } from '../mapping/compile.ts';
import { compileMapping, mappingsFor } from '../mapping/evaluate.ts';
import { GatherReader, gathersOf } from '../mapping/gather.ts';
import { isBlank, sourceTexts } from '../mapping/source-text.ts';
import type { AuditEntry } from '../model/audit.ts';
import { MigrationError } from '../model/error.ts';
import { targetId } from '../model/key.ts';
import type { EntityMapping } from '../model/mapping.ts';
import type { Operation } from '../model/plan.ts';
import type { SourceRecord, SourceValue } from '../model/source.ts';
import type { StoredDraft } from '../model/store.ts';
import { type TargetEntity, targetEntities } from '../model/target.ts';
import { withGathered } from '../phases/gather.ts';
import { readValue } from '../phases/values.ts';
import type { Session } from './session.ts';

/** The way of one value: where it came from, what made it, when it was sent, how it came back. */
export interface FieldStory {
  readonly field: string;
  readonly value: unknown;
  /** Every field of the source that went into it. */
  readonly source: Readonly<Record<string, unknown>>;
  /** The mapping row, the first of those that composed it: its transforms and its reason. */
  readonly rule: {
    readonly to: string;
    readonly via: readonly unknown[];
    readonly why: string | null;
  } | null;
  readonly effect: string;
  readonly readBack: string;
}

/** The answer of `why`. */
export interface Story {
  readonly entity: TargetEntity;
  readonly targetId: string;
  readonly sourceKey: string;
  readonly position: string;
  readonly because: string;
  readonly fields: readonly FieldStory[];
  readonly links: readonly { readonly field: string; readonly to: string; readonly evidence: string }[];
  readonly audit: readonly {
    readonly seq: number;
    readonly at: string;
    readonly kind: string;
    readonly what: string;
  }[];
}

/** Tells the way of a record, or of one of its fields. Throws `not-found` when the record is not ours, `usage` for an unknown field. */
export async function whyOf(
  session: Session,
  entityName: string,
  id: string,
  field: string | null,
): Promise<Story> {
  const entity = targetEntities.find((one) => one === entityName);
  if (entity === undefined) {
    throw new MigrationError(
      'usage',
      `There is no entity “${entityName}”; there are ${targetEntities.join(', ')}.`,
    );
  }
  const { store } = session;
  const ref = (await store.refsOfTargets(entity, [targetId(id)])).get(targetId(id));
  const [draft] = ref === undefined ? [] : await store.drafts([ref]);
  const [operation] = ref === undefined ? [] : await store.operationsByRef([ref]);
  if (draft === undefined || operation === undefined) {
    throw new MigrationError('not-found', `${entity} ${id} was not made by this migration.`, {
      hint: 'Give the id a record has in the destination; only those this migration made or filled have a story.',
    });
  }
  const all = new Set([...Object.keys(draft.fields), ...Object.keys(operation.extra)]);
  const names = [...all].filter((name) => field === null || name === field);
  const links = operation.links.filter((link) => field === null || link.field === field);
  if (field !== null && names.length + links.length === 0) {
    const known = [...all, ...operation.links.map((link) => link.field)].join(', ');
    throw new MigrationError('usage', `${entity} ${id} was given no “${field}”; it was given ${known}.`);
  }
  const making = await makingOf(session, draft);
  return {
    entity,
    targetId: id,
    sourceKey: draft.key,
    position: draft.position,
    because: operation.because,
    fields: await Promise.all(names.map((name) => fieldStory(session, { draft, making }, operation, name))),
    links: links.map((link) => ({
      field: link.field,
      to: 'key' in link.to ? link.to.key : link.to.targetId,
      evidence: link.evidence,
    })),
    audit: await auditOf(session, operation.seq),
  };
}

/** What made a draft: the record as the rules saw it, and the rule that applied to it, with its rows made ready. */
interface Making {
  readonly record: SourceRecord;
  readonly rule: EntityMapping;
  readonly rows: readonly CompiledRow[];
}

async function makingOf({ store, config }: Session, draft: StoredDraft): Promise<Making | null> {
  const staged = (await store.stagedByKey([draft.key])).get(draft.key);
  const mapping = await readValue(store, 'mapping');
  const catalog = await readValue(store, 'catalog');
  if (staged === undefined || mapping === null || catalog === null) return null;
  const { timezone, country, currency } = config.policies;
  const compiled = compileMapping(mapping, catalog, { timezone, country, currency });
  const reader = new GatherReader(gathersOf(mapping, staged.entity), catalog);
  const record = await withGathered(store, reader.compiled(), staged);
  const made = mappingsFor(compiled, record).find(
    ({ to, part }) => to === draft.entity && part === draft.part,
  );
  const rule = made === undefined ? undefined : mapping.entities[made.index];
  return made === undefined || rule === undefined ? null : { record, rule, rows: made.rows };
}

/** The rows that went into a value: of an address, of e-mails, of a body with lines above it there are several. */
function rowsInto({ record, rows }: Making, draft: StoredDraft, name: string): readonly CompiledRow[] {
  const first = draft.fields[name]?.row;
  if (first === undefined) return [];
  const source = (header: string) => sourceTexts(record.fields[header]);
  const target = (field: string) => sourceTexts(draft.fields[field]?.value as SourceValue | undefined);
  const hasValue = ({ headers }: CompiledRow) => headers.some((header) => !source(header).every(isBlank));
  return rows.filter(
    (row) =>
      row.index === first ||
      (row.field === name &&
        row.place.kind !== 'whole' &&
        hasValue(row) &&
        (row.onlyIf === null || row.onlyIf(source, target))),
  );
}

/** A value that was merged in or decided stands before the draft's own. */
async function fieldStory(
  session: Session,
  { draft, making }: { readonly draft: StoredDraft; readonly making: Making | null },
  { extra }: Operation,
  name: string,
): Promise<FieldStory> {
  const drafted = draft.fields[name];
  const row = making?.rule.rows[drafted?.row ?? -1];
  const headers = making === null ? [] : rowsInto(making, draft, name).flatMap((one) => one.headers);
  const source = headers.map((header) => [header, making?.record.fields[header] ?? null] as const);
  return {
    field: name,
    value: extra[name] ?? drafted?.value ?? null,
    source: Object.fromEntries(source),
    rule: row === undefined ? null : { to: row.to, via: row.via ?? [], why: row.why ?? null },
    effect: name in extra ? 'byRule' : (drafted?.effect ?? 'byRule'),
    readBack: await readBack(session, draft, name),
  };
}

async function readBack(session: Session, draft: StoredDraft, name: string): Promise<string> {
  if ((await readValue(session.store, 'verified')) === null) return 'not verified yet';
  for (let after = 0; ; ) {
    const page = await session.store.findings(after, 1000);
    const last = page.at(-1);
    if (last === undefined) return 'came back as planned';
    const found = page.find(
      (one) =>
        one.sourceKey === draft.key &&
        one.entity === draft.entity &&
        (one.field === name || one.field === '*'),
    );
    if (found !== undefined) return `${found.verdict}: found ${found.found === '' ? 'nothing' : found.found}`;
    after = last.seq;
  }
}

async function auditOf(session: Session, seq: number): Promise<Story['audit']> {
  const told: Story['audit'][number][] = [];
  for (let after = 0; ; ) {
    const page = await session.store.auditPage(after, 2000);
    const last = page.at(-1);
    if (last === undefined) return told;
    told.push(...page.filter((entry) => entry.body.seq === seq && entry.kind !== 'configure').map(tell));
    after = last.seq;
  }
}

function tell(entry: AuditEntry): Story['audit'][number] {
  const { seq, at, kind, body } = entry;
  const what =
    kind === 'intent'
      ? `attempt ${String(body.attempt)}, request ${String(body.request).slice(0, 12)}`
      : String(body.result ?? body.what ?? '');
  return { seq, at, kind, what };
}
