import { brokenAuditEntry } from '../../scenarios/support/oracle.ts';
import type { Kind } from '../truth.ts';
import type { Evidence } from './evidence.ts';

/** Why a record can leave the path: the closed list of the published reference. */
const reasonCodes = new Set([
  'unreadable-row',
  'duplicate-id',
  'no-rule',
  'left-out',
  'empty-row',
  'required-empty',
  'value-refused',
  'link-missing',
  'link-ambiguous',
  'too-long',
  'decided-out',
  'merged',
  'parent-failed',
  'matched-existing',
  'destination-refused',
  'bytes-wrong',
]);

const booked: Readonly<Record<Kind, string>> = {
  organization: 'organization',
  person: 'person',
  deal: 'deal',
  activity: 'activity',
  note: 'note',
  relationship: 'organizationRelationship',
  file: 'file',
  product: 'product',
  line: 'dealProduct',
};

/** Every source record in exactly one last state, and the books add up to what the world knows (I1). */
export function checkConservation({ world, books, plan }: Evidence): readonly string[] {
  const found: string[] = [];
  const { source, target } = books.ledger;
  for (const entity of new Set(world.rows.map((row) => row.entity))) {
    const { extracted = 0, excluded = 0, rejected = 0, mapped = 0 } = source[entity] ?? {};
    const rows = world.rows.filter((row) => row.entity === entity).length;
    if (extracted !== rows) found.push(`I1 ${entity}: ${extracted} extracted of ${rows}`);
    if (extracted !== excluded + rejected + mapped) found.push(`I1 ${entity} does not add up`);
  }
  for (const [kind, entity] of Object.entries(booked)) {
    const row = target[entity] ?? {};
    const { drafted = 0, created = 0, matched = 0, updated = 0, skipped = 0, failed = 0, inDoubt = 0 } = row;
    const { linksDue = 0, linked = 0, unlinked = 0, verified = 0, diverged = 0 } = row;
    if (drafted !== created + matched + updated + skipped + failed)
      found.push(`I1 ${entity} does not add up: ${JSON.stringify(row)}`);
    if (inDoubt !== 0 || linksDue !== linked + unlinked)
      found.push(`I1 ${entity}: doubts or links do not add up: ${JSON.stringify(row)}`);
    if (verified + diverged !== created + matched + updated)
      found.push(`I1 ${entity}: not all were verified: ${JSON.stringify(row)}`);
    const made = world.truth.all.filter((one) => one.kind === kind && one.fate === 'made').length;
    const isExact = !plan.classes.includes('F8');
    if (isExact && created !== made) found.push(`I1 ${entity}: ${created} created instead of ${made}`);
    const refused = world.truth.all.filter((one) => one.kind === kind && one.fate === 'refused').length;
    if (isExact && failed !== refused) found.push(`I1 ${entity}: ${failed} failed instead of ${refused}`);
  }
  return [...found, ...checkReasons({ world, books })];
}

/** Whatever did not land has a reason from the closed list. */
function checkReasons({ world, books }: Pick<Evidence, 'world' | 'books'>): readonly string[] {
  const found: string[] = [];
  for (const { code, key } of books.rejects)
    if (!reasonCodes.has(code)) found.push(`I1 ${key} has the reason ${code}`);
  const told = new Set(books.rejects.map(({ key }) => String(key)));
  const silent = world.truth.all.filter(
    ({ name, fate }) =>
      (fate === 'aside' || fate === 'merged' || fate === 'refused') && !told.has(name.split('#')[0] ?? ''),
  );
  for (const { name, fate } of silent) found.push(`I1 ${name} is ${fate} and the books name no reason`);
  const twice = books.rejects.filter(({ code }) => code === 'duplicate-id').length;
  if (twice !== world.repeated) found.push(`I1 ${twice} repeated ids are told of ${world.repeated}`);
  return found;
}

/** Nothing is reported that is not so: without silent changes and drift the proof has no finding. */
export function checkProof({ books, plan }: Evidence): readonly string[] {
  if (plan.classes.includes('F20') || plan.classes.includes('F8')) return [];
  return books.findings.map((one) => `I5 the proof reports what is not so: ${JSON.stringify(one)}`);
}

/** The chain holds, and nothing was sent that had not been intended on the disk before (I7). */
export function checkAudit({ books, sent, log }: Evidence): readonly string[] {
  const found: string[] = [];
  const broken = brokenAuditEntry(books.audit);
  if (broken !== null) found.push(`I7 audit entry ${broken} does not fit its chain`);
  const intended = new Intentions(books.audit);
  for (const request of sent) {
    if (request.method === 'GET') continue;
    if (request.isStale)
      found.push(
        `I7 ${request.method} ${request.path} was sent on a lease that another process had (request ${request.number})`,
      );
    const because = intended.take(request);
    if (because !== null)
      found.push(`I7 ${request.method} ${request.path} was sent ${because} (request ${request.number})`);
  }
  const arrived = log.filter(({ sender, method }) => sender === 'migration' && method !== 'GET').length;
  const known = sent.filter(({ method, arrival }) => method !== 'GET' && arrival !== null).length;
  if (arrived !== known) found.push(`I7 ${arrived} writes reached the account, ${known} were sent`);
  return found;
}

interface Sending {
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
  readonly auditHead: number;
}

interface Intention {
  readonly seq: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const kindOfPath: Readonly<Record<string, string>> = {
  organizations: 'organization',
  persons: 'person',
  deals: 'deal',
  activities: 'activity',
  notes: 'note',
  organizationRelationships: 'organizationRelationship',
  files: 'file',
  products: 'product',
};

/** Lines of a deal, one or several, made or removed. */
const linesOfDeal = /\/deals\/[^/]+\/products(?:\/(?!bulk)([^/?]+))?/;

/** The audit log as a list of what was allowed to be sent. */
class Intentions {
  readonly #all: readonly Intention[];

  constructor(audit: Evidence['books']['audit']) {
    this.#all = audit.map(({ seq, kind, body }) => ({ seq, kind, body: body as Intention['body'] }));
  }

  /** Why this request was not to be sent; null when it was. */
  take({ method, path, body, auditHead }: Sending): string | null {
    const [, plural = '', first = null] = /\/api\/v\d\/([A-Za-z]+)(?:\/([^/?]+))?/.exec(path) ?? [];
    const line = linesOfDeal.exec(path);
    const entity = line === null ? kindOfPath[plural] : 'dealProduct';
    const id = line === null ? first : (line[1] ?? null);
    const before = this.#all.filter(({ seq }) => seq <= auditHead);
    if (entity === undefined) return this.#configuration(before, method);
    if (method === 'DELETE') {
      const isMeant = before.some(
        (one) =>
          one.kind === 'rollback' && one.body['targetId'] === id && (one.body['entity'] ?? entity) === entity,
      );
      return isMeant ? null : 'without an entry before it';
    }
    if (id !== null) {
      const isMeant = before.some(
        (one) =>
          one.body['entity'] === entity &&
          (one.body['id'] === id || (one.kind === 'rollback' && one.body['targetId'] === id)),
      );
      return isMeant ? null : 'without an intent before it';
    }
    return this.#creation(before, entity, body);
  }

  #creation(before: readonly Intention[], entity: string, body: string | null): string | null {
    const marker = /"sim:crm:([^"]+)"/.exec(body ?? '')?.[1] ?? null;
    const intents = before.filter(
      (one) =>
        one.kind === 'intent' &&
        one.body['entity'] === entity &&
        one.body['action'] === 'create' &&
        (marker === null ||
          `${String(one.body['key'])}${one.body['part'] === '' ? '' : `#${String(one.body['part'])}`}` ===
            marker),
    );
    return intents.length > 0 ? null : `without an intent before it (${marker ?? 'no marker'})`;
  }

  #configuration(before: readonly Intention[], method: string): string | null {
    const kind = method === 'DELETE' ? 'rollback' : 'configure';
    return before.some((one) => one.kind === kind || one.kind === 'configure')
      ? null
      : 'without an entry before it';
  }
}
