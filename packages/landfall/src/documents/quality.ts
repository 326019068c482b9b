import { idOfKey, type SourceKey } from '../model/key.ts';
import type { Mapping } from '../model/mapping.ts';
import type { OwnerRow } from '../model/plan.ts';
import type { RejectCode, SourceCatalog } from '../model/source.ts';
import type { StoredDraft, StoreReader } from '../model/store.ts';
import type { TargetEntity, TargetValue } from '../model/target.ts';
import { draftPages, loadOrder, rejectPages, type StoredReject, sharedPages } from './store-pages.ts';

/** One thing wrong with the source: one line of the quality report (DQ-06, DQ-08, DOC-09). */
export interface QualityFinding {
  readonly severity: 'high' | 'medium' | 'low';
  readonly kind: string;
  /** The source entity. */
  readonly entity: string;
  /** The record's id in the source; '' when it is about a whole field or table. */
  readonly sourceId: string;
  /** `contacts.csv:812` */
  readonly position: string;
  readonly field: string;
  readonly finding: string;
  readonly todo: string;
}

/** What the findings are made from. */
export interface QualityFacts {
  readonly reader: StoreReader;
  readonly catalog: SourceCatalog | null;
  readonly mapping: Mapping | null;
  readonly owners: readonly OwnerRow[];
}

/** Every finding, as it is found: tables first, then doubles, rejects, and what the drafts lack. Memory stays flat. */
export async function* qualityFindings(facts: QualityFacts): AsyncIterable<QualityFinding> {
  if (facts.catalog !== null) yield* catalogFindings(facts.catalog);
  if (facts.mapping !== null) yield* duplicateFindings(facts.reader, facts.mapping);
  for await (const page of rejectPages(facts.reader)) {
    for (const reject of page) if (isSourceTrouble(reject)) yield rejectFinding(reject);
  }
  const unresolved = unresolvedOwners(facts.owners);
  for (const entity of loadOrder) {
    for await (const page of draftPages(facts.reader, entity)) {
      for (const draft of page) yield* draftFindings(draft, unresolved);
    }
  }
}

/** What is wrong with whole tables and columns: completeness, formats in doubt (DISC-14, DQ-08). */
function* catalogFindings(catalog: SourceCatalog): Iterable<QualityFinding> {
  for (const { severity, code, at, message, hint } of catalog.issues) {
    yield {
      severity,
      kind: code,
      entity: '',
      sourceId: '',
      position: at,
      field: '',
      finding: message,
      todo: hint,
    };
  }
  for (const entity of catalog.entities) {
    for (const field of entity.fields) {
      if (field.format !== null || field.formats.length < 2) continue;
      yield {
        severity: 'medium',
        kind: 'date-format',
        entity: entity.name,
        sourceId: '',
        position: entity.origin.join(', '),
        field: field.name,
        finding: `dates fit ${field.formats.join(' and ')}: ${field.evidence}`,
        todo: 'say which is right, or export the dates in one format',
      };
    }
  }
}

const duplicateKeys: Readonly<Partial<Record<TargetEntity, readonly ('email' | 'domain' | 'name')[]>>> = {
  person: ['email'],
  organization: ['domain', 'name'],
};

/** Records that share an address, a domain or a name (DQ-01, DQ-02): one line a record, with the others' ids. */
async function* duplicateFindings(reader: StoreReader, mapping: Mapping): AsyncIterable<QualityFinding> {
  const seen = new Set<string>();
  for (const { from, to, part } of mapping.entities) {
    if ((part ?? '') !== '' || seen.has(`${from}|${to}`)) continue;
    seen.add(`${from}|${to}`);
    for (const by of duplicateKeys[to] ?? []) {
      for await (const groups of sharedPages(reader, from, by)) {
        const records = await reader.stagedByKey(groups.flatMap(({ keys }) => keys));
        const positions = new Map([...records].map(([key, { position }]) => [key, position]));
        for (const group of groups) yield* doublesOf(from, by, group, positions);
      }
    }
  }
}

function* doublesOf(
  entity: string,
  by: string,
  group: { readonly value: string; readonly keys: readonly SourceKey[] },
  positions: ReadonlyMap<SourceKey, string>,
): Iterable<QualityFinding> {
  const ids = group.keys.map(idOfKey);
  for (const [at, key] of group.keys.entries()) {
    const others = ids.filter((_, other) => other !== at);
    const shown = others.slice(0, 5).join(', ') + (others.length > 5 ? ` and ${others.length - 5} more` : '');
    yield {
      severity: by === 'name' ? 'low' : 'medium',
      kind: `duplicate-${by}`,
      entity,
      sourceId: ids[at] ?? '',
      position: positions.get(key) ?? '',
      field: by,
      finding: `shares the ${by} ${group.value} with ${shown}`,
      todo: 'merge them in the source, or answer the question about duplicates',
    };
  }
}

/**
 * Rejects that tell of the source; what the plan or the load put aside is in other documents, but for circles of
 * parents, which show when all of them are known (O-20(c)).
 */
function isSourceTrouble({ phase, code, entity }: Pick<StoredReject, 'phase' | 'code' | 'entity'>): boolean {
  if (phase === 'plan') return entity === 'organizationRelationship' && code === 'decided-out';
  return (
    phase !== 'plan' && phase !== 'run' && code !== 'left-out' && code !== 'decided-out' && code !== 'merged'
  );
}

const rejectSeverity: Readonly<Partial<Record<RejectCode, QualityFinding['severity']>>> = {
  'unreadable-row': 'high',
  'duplicate-id': 'high',
  'required-empty': 'high',
  'no-rule': 'medium',
  'value-refused': 'medium',
  'too-long': 'medium',
  'empty-row': 'low',
};

/** A record or value that cannot go on (DQ-08: records that cannot be mapped). */
function rejectFinding(reject: StoredReject): QualityFinding {
  return {
    severity: rejectSeverity[reject.code] ?? 'medium',
    kind: reject.code,
    entity: reject.entity,
    sourceId: reject.key === null ? '' : idOfKey(reject.key),
    position: reject.position,
    field: reject.field ?? '',
    finding: reject.reason,
    todo: 'mend it in the source (or in the file of rejects), or change its rule in mapping.yaml',
  };
}

/** What a record lacks that its destination needs (DQ-06, DQ-08) and owners that do not resolve. Pure. */
function* draftFindings(
  draft: StoredDraft,
  unresolved: ReadonlyMap<string, OwnerRow['group']>,
): Iterable<QualityFinding> {
  const base = {
    entity: draft.key.slice(0, draft.key.indexOf(':')),
    sourceId: idOfKey(draft.key),
    position: draft.position,
  };
  if (draft.part !== '') return;
  for (const { field, finding, severity, todo } of missing(draft)) {
    yield { ...base, kind: 'missing', field, finding, severity, todo };
  }
  const owner = ownerOf(draft);
  const group = owner === null ? undefined : unresolved.get(owner);
  if (group === undefined) return;
  const finding = `its owner ${owner} ${group === 'fallback' ? 'has no account: the fallback user gets it' : 'has no account'}`;
  const todo = 'see owners.csv for the steps';
  yield {
    ...base,
    kind: 'owner',
    field: 'owner',
    finding,
    severity: group === 'fallback' ? 'low' : 'high',
    todo,
  };
}

interface Lack {
  readonly field: string;
  readonly finding: string;
  readonly severity: QualityFinding['severity'];
  readonly todo: string;
}

function* missing(draft: StoredDraft): Iterable<Lack> {
  if (draft.entity === 'person' && !hasAddress(draft)) {
    yield {
      field: 'email',
      finding: 'the person has no e-mail address',
      severity: 'low',
      todo: 'add one in the source if there is one',
    };
  }
  if (draft.entity !== 'deal') return;
  if (!draft.links.some(({ entity }) => entity === 'organization')) {
    const finding = 'the deal names no company';
    yield {
      field: 'organization',
      finding,
      severity: 'medium',
      todo: 'name its company in the source, or answer the question about unlinked deals',
    };
  }
  if (!Object.values(draft.fields).some(({ value }) => isStage(value))) {
    const finding = 'the deal has no pipeline and stage: it lands in the first stage';
    yield { field: 'stage', finding, severity: 'medium', todo: 'set its stage in the source' };
  }
}

function hasAddress(draft: StoredDraft): boolean {
  return Object.entries(draft.fields).some(
    ([name, { value }]) => name.startsWith('email') && hasItems(value),
  );
}

function hasItems(value: TargetValue): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== '';
}

function isStage(value: TargetValue): boolean {
  return typeof value === 'object' && 'pipeline' in value && 'stage' in value;
}

function ownerOf(draft: StoredDraft): string | null {
  const field = Object.entries(draft.fields).find(([name]) => name === 'owner_id' || name === 'user_id');
  const value = field?.[1].value;
  return typeof value === 'string' ? value : null;
}

/** The owners that do not resolve, by the text the drafts carry. */
function unresolvedOwners(owners: readonly OwnerRow[]): ReadonlyMap<string, OwnerRow['group']> {
  return new Map(
    owners.filter(({ group }) => group !== 'resolved').map(({ owner, group }) => [owner, group]),
  );
}
