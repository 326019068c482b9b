import type { LedgerEntry } from '../model/ledger.ts';
import type { Finding, Operation, Verdict, VerifySummary } from '../model/plan.ts';
import { refName } from '../model/store.ts';
import { type TargetEntity, type TargetRecord, targetEntities } from '../model/target.ts';
import { compareRecord, type FieldComparison, type RuledUsers, ruledUsers } from './compare.ts';
import { type PhaseContext, stopIfAsked } from './context.ts';
import { type OwnerUsers, ownerUsers, type Prepared, prepare } from './load/prepare.ts';
import { readValue, writeValue } from './values.ts';
import { walkEntity } from './walk.ts';

const batchSize = 500;
const shownLength = 200;

/**
 * Re-reads everything that was written by list walks (10 tokens per 500 records) and compares every written field and
 * every link with the draft. Believes nothing the loader said. Can be run any number of times.
 */
export async function verify(context: PhaseContext): Promise<VerifySummary> {
  await context.destination.describe(context.signal);
  await context.store.write(context.lease, async (writer) => {
    await writer.clearFindings();
    await writer.resetLedger('target', ['verified', 'diverged']);
  });
  const witness = new Witness(
    context,
    await ownerUsers(context.store),
    ruledUsers((await readValue(context.store, 'owners')) ?? []),
  );
  for (const entity of targetEntities) await witness.entity(entity);
  const summary = witness.summary();
  const at = new Date(context.ports.clock.nowMs()).toISOString();
  await context.store.write(context.lease, async (writer) => {
    await writeValue(writer, 'verify', summary);
    await writeValue(writer, 'verified', at);
    await writer.appendAudit([{ kind: 'phase', body: { phase: 'verify', ...summary } }]);
  });
  return summary;
}

type Counts = Record<Verdict | 'records' | 'fields' | 'links' | 'findings' | 'strays', number>;

class Witness {
  readonly #context: PhaseContext;
  readonly #owners: OwnerUsers;
  readonly #ruled: RuledUsers;
  readonly #seen = new Set<number>();
  readonly #counts: Counts = {
    records: 0,
    fields: 0,
    links: 0,
    findings: 0,
    strays: 0,
    equal: 0,
    normalised: 0,
    byRule: 0,
    lossy: 0,
    missing: 0,
    different: 0,
  };

  constructor(context: PhaseContext, owners: OwnerUsers, ruled: RuledUsers) {
    this.#context = context;
    this.#owners = owners;
    this.#ruled = ruled;
  }

  summary(): VerifySummary {
    return { ...this.#counts };
  }

  async entity(entity: TargetEntity): Promise<void> {
    const totals = (await this.#context.store.operationTotals()).filter((total) => total.entity === entity);
    const done = totals.filter((total) => total.state === 'done');
    if (done.length === 0) return;
    const total = done.reduce((sum, one) => sum + one.count, 0);
    this.#seen.clear();
    const since = done.some((one) => one.action === 'update') ? 'ever' : 'watermark';
    for await (const page of walkEntity(this.#context, entity, since)) {
      await this.#page(entity, page);
      this.#context.report({ phase: 'verify', subject: entity, done: this.#seen.size, total });
      stopIfAsked(this.#context);
    }
    await this.#absent(entity);
  }

  async #page(entity: TargetEntity, page: readonly TargetRecord[]): Promise<void> {
    const { store, migration, source } = this.#context;
    const refs = await store.refsOfTargets(
      entity,
      page.map((record) => record.id),
    );
    const operations = await store.operationsByRef([...refs.values()]);
    const prepared = new Map(
      (await prepare(store, this.#owners, operations)).map((one) => [refName(one.operation), one]),
    );
    const pairs: [Prepared, TargetRecord][] = [];
    for (const record of page) {
      const ref = refs.get(record.id);
      const one = ref === undefined ? undefined : prepared.get(refName(ref));
      if (one !== undefined) pairs.push([one, record]);
      else if (record.marker?.startsWith(`${migration}:${source.system}:`)) this.#counts.strays += 1;
    }
    await this.#keep(entity, pairs);
  }

  /** Records our books hold and no list showed. */
  async #absent(entity: TargetEntity): Promise<void> {
    for (let after = 0; ; ) {
      const page: readonly Operation[] = await this.#context.store.operationPage(
        { entity, states: ['done'] },
        after,
        batchSize,
      );
      const last = page.at(-1);
      if (last === undefined) return;
      const gone = page.filter((operation) => !this.#seen.has(operation.seq));
      const prepared = await prepare(this.#context.store, this.#owners, gone);
      await this.#keep(
        entity,
        prepared.map((one) => [one, null]),
      );
      after = last.seq;
    }
  }

  async #keep(
    entity: TargetEntity,
    pairs: readonly (readonly [Prepared, TargetRecord | null])[],
  ): Promise<void> {
    const findings: Finding[] = [];
    let diverged = 0;
    // a list that grows while it is walked shows a record twice
    const fresh = pairs.filter(([{ operation }]) => !this.#seen.has(operation.seq));
    for (const [prepared, record] of fresh) {
      this.#seen.add(prepared.operation.seq);
      const found = this.#judge(prepared, record, await this.#written(prepared));
      if (found.length > 0) diverged += 1;
      findings.push(...found);
    }
    this.#counts.findings += findings.length;
    const verified = fresh.length - diverged;
    await this.#context.store.write(this.#context.lease, async (writer) => {
      if (findings.length > 0) await writer.addFindings(findings);
      await writer.post([booked(entity, 'verified', verified), booked(entity, 'diverged', diverged)]);
    });
  }

  /** The fields we wrote: all of a created record, the ones that were empty of an updated one. */
  async #written({ operation, request }: Prepared): Promise<readonly string[]> {
    if (operation.action === 'create') return Object.keys(request.values);
    if (operation.targetId === null) return [];
    const image = await this.#context.store.beforeImage(operation.entity, operation.targetId);
    const before = image === null ? {} : (JSON.parse(image) as { before?: object }).before;
    return Object.keys(before ?? {}).filter((name) => name in request.values);
  }

  #judge(prepared: Prepared, record: TargetRecord | null, names: readonly string[]): Finding[] {
    const compared = compareRecord(this.#context.destination, prepared, record, names, this.#ruled);
    this.#counts.records += 1;
    this.#counts.fields += compared.length;
    for (const one of compared) {
      this.#counts[one.verdict] += 1;
      if (prepared.operation.links.some((link) => link.field === one.field)) this.#counts.links += 1;
    }
    if (record === null) return [goneFinding(prepared)];
    return compared
      .filter((one) => one.verdict === 'missing' || one.verdict === 'different')
      .map((one) => finding(prepared, one));
  }
}

function finding({ operation }: Prepared, compared: FieldComparison): Finding {
  const { entity, key, targetId } = operation;
  const { field, verdict } = compared;
  const expected = shown(compared.expected);
  return { entity, sourceKey: key, targetId, field, expected, found: shown(compared.found), verdict };
}

function goneFinding({ operation, draft }: Prepared): Finding {
  const { entity, key, targetId } = operation;
  const found = 'not in the list of the destination';
  return { entity, sourceKey: key, targetId, field: '*', expected: draft.title, found, verdict: 'missing' };
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

function booked(entity: string, counter: LedgerEntry['counter'], amount: number): LedgerEntry {
  return { side: 'target', entity, counter, amount };
}
