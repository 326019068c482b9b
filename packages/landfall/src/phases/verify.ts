import type { LedgerEntry } from '../model/ledger.ts';
import type { Finding, Operation, Verdict, VerifySummary } from '../model/plan.ts';
import { refName } from '../model/store.ts';
import { type TargetEntity, type TargetRecord, targetEntities } from '../model/target.ts';
import { ByteProof, withBytes } from './byte-proof.ts';
import { compareRecord, type FieldComparison, type RuledUsers, ruledUsers } from './compare.ts';
import { type PhaseContext, stopIfAsked } from './context.ts';
import { type OwnerUsers, ownerUsers, type Prepared, prepare } from './load/prepare.ts';
import { describeSameAccount } from './same-account.ts';
import { readValue, writeValue } from './values.ts';
import { walkEntity } from './walk.ts';

const batchSize = 500;
const shownLength = 200;
/** How long a list may lag behind a write before a difference counts. An assumption: no figure is published. */
const settleMs = 2_000;

/**
 * Re-reads everything that was written by list walks (10 tokens per 500 records) and compares every written field and
 * every link with the draft. Believes nothing the loader said. A record that is not as it should be is read once more,
 * two seconds later, before it is called different. The bytes of files are read back too when the policy `fileProof`
 * says so. Can be run any number of times; one that breaks off is due again.
 */
export async function verify(context: PhaseContext): Promise<VerifySummary> {
  await describeSameAccount(context);
  await context.store.write(context.lease, async (writer) => {
    await writer.clearFindings();
    await writeValue(writer, 'verify', null);
    await writeValue(writer, 'verified', null);
    await writer.resetLedger('target', ['verified', 'diverged']);
  });
  const witness = new Witness(
    context,
    await ownerUsers(context.store),
    ruledUsers((await readValue(context.store, 'owners')) ?? []),
    await doneTotals(context),
  );
  for (const entity of targetEntities) await witness.entity(entity);
  await witness.settle();
  await witness.end();
  const summary = witness.summary();
  const at = new Date(context.ports.clock.nowMs()).toISOString();
  await context.store.write(context.lease, async (writer) => {
    await writeValue(writer, 'verify', summary);
    await writeValue(writer, 'verified', at);
    await writer.appendAudit([{ kind: 'phase', body: { phase: 'verify', ...summary } }]);
  });
  return summary;
}

/** Which operations are looked at, by their number. */
type Wanted = (seq: number) => boolean;
/** The first look puts what is not as it should be aside; the second one tells it. */
type Mode = 'doubt' | 'judge';
type Counts = Record<Verdict | 'records' | 'fields' | 'links' | 'findings' | 'strays', number>;

type DoneTotals = Awaited<ReturnType<PhaseContext['store']['operationTotals']>>;

/** What was done of the plan; looking at it changes nothing of it. */
async function doneTotals({ store }: PhaseContext): Promise<DoneTotals> {
  return (await store.operationTotals()).filter(({ state }) => state === 'done');
}

class Witness {
  readonly #context: PhaseContext;
  readonly #totals: DoneTotals;
  readonly #owners: OwnerUsers;
  readonly #ruled: RuledUsers;
  readonly #bytes: ByteProof;
  readonly #seen = new Set<number>();
  /** Of these, how many the books have as done. */
  #seenDone = 0;
  /** What was not as it should be at the first look, by the number of its operation: nothing of it is counted yet. */
  readonly #doubts = new Map<TargetEntity, Set<number>>();
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

  constructor(context: PhaseContext, owners: OwnerUsers, ruled: RuledUsers, totals: DoneTotals) {
    this.#context = context;
    this.#totals = totals;
    this.#owners = owners;
    this.#ruled = ruled;
    this.#bytes = new ByteProof(context);
  }

  summary(): VerifySummary {
    return { ...this.#counts };
  }

  async entity(entity: TargetEntity): Promise<void> {
    const total = this.#done(entity).reduce((sum, one) => sum + one.count, 0);
    if (total === 0) return;
    this.#forget();
    await this.#walk(entity, total, () => true, 'doubt');
  }

  /** The second look at what was in doubt: what is still not as it should be is a finding. */
  async settle(): Promise<void> {
    if (this.#doubts.size === 0) return;
    const { ports, signal } = this.#context;
    await ports.clock.sleep(settleMs, signal);
    for (const [entity, doubted] of this.#doubts) {
      this.#forget();
      await this.#walk(entity, doubted.size, (seq) => doubted.has(seq), 'judge');
    }
  }

  /** Nothing is left to look at. */
  async end(): Promise<void> {
    await this.#bytes.end();
  }

  #forget(): void {
    this.#seen.clear();
    this.#seenDone = 0;
  }

  #done(entity: TargetEntity): DoneTotals {
    return this.#totals.filter((total) => total.entity === entity);
  }

  /** Looks at the operations that are `wanted`, `total` of them, in the lists; then at those that no list shows. */
  async #walk(entity: TargetEntity, total: number, wanted: Wanted, mode: Mode): Promise<void> {
    const since = this.#done(entity).some((one) => one.action === 'update') ? 'ever' : 'watermark';
    for await (const page of walkEntity(this.#context, entity, since, wanted)) {
      await this.#page(entity, page, wanted, mode);
      this.#context.report({
        phase: 'verify',
        subject: entity,
        done: this.#seen.size,
        total,
        ...noteOf(mode),
      });
      stopIfAsked(this.#context);
      if (mode === 'judge' && this.#seen.size === total) return;
    }
    const isAllSeen = mode === 'doubt' && this.#seenDone === total;
    if (!isAllSeen) await this.#absent(entity, wanted, mode);
  }

  async #page(
    entity: TargetEntity,
    page: readonly TargetRecord[],
    wanted: Wanted,
    mode: Mode,
  ): Promise<void> {
    const { store, migration, source } = this.#context;
    const refs = await store.refsOfTargets(
      entity,
      page.map((record) => record.id),
    );
    const operations = (await store.operationsByRef([...refs.values()])).filter(({ seq }) => wanted(seq));
    const prepared = new Map(
      (await prepare(store, this.#owners, operations)).map((one) => [refName(one.operation), one]),
    );
    const pairs: [Prepared, TargetRecord][] = [];
    for (const record of page) {
      const ref = refs.get(record.id);
      const one = ref === undefined ? undefined : prepared.get(refName(ref));
      if (one !== undefined) pairs.push([one, record]);
      else if (mode === 'doubt' && record.marker?.startsWith(`${migration}:${source.system}:`))
        this.#counts.strays += 1;
    }
    await this.#keep(entity, pairs, mode);
  }

  /** Records our books hold and no list showed. */
  async #absent(entity: TargetEntity, wanted: Wanted, mode: Mode): Promise<void> {
    for (let after = 0; ; ) {
      const page: readonly Operation[] = await this.#context.store.operationPage(
        { entity, states: ['done'] },
        after,
        batchSize,
      );
      const last = page.at(-1);
      if (last === undefined) return;
      const gone = page.filter(({ seq }) => wanted(seq) && !this.#seen.has(seq));
      const prepared = await prepare(this.#context.store, this.#owners, gone);
      await this.#keep(
        entity,
        prepared.map((one) => [one, null]),
        mode,
      );
      after = last.seq;
    }
  }

  async #keep(
    entity: TargetEntity,
    pairs: readonly (readonly [Prepared, TargetRecord | null])[],
    mode: Mode,
  ): Promise<void> {
    const findings: Finding[] = [];
    const sums = { verified: 0, diverged: 0 };
    // a list that grows while it is walked shows a record twice
    const fresh = pairs.filter(([{ operation }]) => !this.#seen.has(operation.seq));
    if (fresh.length === 0) return;
    const other = await this.#bytes.otherBytes(entity, fresh);
    for (const [prepared, record] of fresh) {
      const { seq, state } = prepared.operation;
      // the same record may stand twice in one page
      if (state === 'done' && !this.#seen.has(seq)) this.#seenDone += 1;
      this.#seen.add(seq);
      const fields = this.#compare(prepared, record, await this.#written(prepared));
      const compared = withBytes(fields, entity, seq, other);
      const found = findingsOf(prepared, record, compared);
      if (found.length > 0 && mode === 'doubt') {
        this.#doubt(entity, seq);
        continue;
      }
      this.#count(prepared, compared);
      sums[found.length > 0 ? 'diverged' : 'verified'] += 1;
      findings.push(...found);
    }
    this.#counts.findings += findings.length;
    await this.#context.store.write(this.#context.lease, async (writer) => {
      if (findings.length > 0) await writer.addFindings(findings);
      await writer.post([
        booked(entity, 'verified', sums.verified),
        booked(entity, 'diverged', sums.diverged),
      ]);
    });
  }

  #doubt(entity: TargetEntity, seq: number): void {
    const doubted = this.#doubts.get(entity) ?? new Set();
    this.#doubts.set(entity, doubted.add(seq));
  }

  /** The fields we wrote: all of a created record, the ones that were empty of an updated one. */
  async #written({ operation, request }: Prepared): Promise<readonly string[]> {
    if (operation.action === 'create') return Object.keys(request.values);
    if (operation.targetId === null) return [];
    const image = await this.#context.store.beforeImage(operation.entity, operation.targetId);
    const before = image === null ? {} : (JSON.parse(image) as { before?: object }).before;
    return Object.keys(before ?? {}).filter((name) => name in request.values);
  }

  #compare(
    prepared: Prepared,
    record: TargetRecord | null,
    names: readonly string[],
  ): readonly FieldComparison[] {
    return compareRecord(this.#context.destination, prepared, record, names, this.#ruled);
  }

  #count({ operation }: Prepared, compared: readonly FieldComparison[]): void {
    this.#counts.records += 1;
    this.#counts.fields += compared.length;
    for (const one of compared) {
      this.#counts[one.verdict] += 1;
      if (operation.links.some((link) => link.field === one.field)) this.#counts.links += 1;
    }
  }
}

function noteOf(mode: Mode): { readonly note?: string } {
  return mode === 'judge' ? { note: 'a second look' } : {};
}

function findingsOf(
  prepared: Prepared,
  record: TargetRecord | null,
  compared: readonly FieldComparison[],
): Finding[] {
  if (record === null) return [goneFinding(prepared)];
  return compared
    .filter((one) => one.verdict === 'missing' || one.verdict === 'different')
    .map((one) => finding(prepared, one));
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
