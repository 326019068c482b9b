import type { TargetId } from '../../model/key.ts';
import type { TargetRecord } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import type { Outcome } from './outcome.ts';
import type { Prepared } from './prepare.ts';

const because = 'the answer speaks of another record';
/** Records whose answers came last: one that comes again is nobody else's. */
const rememberedAnswers = 10_000;

/**
 * Holds each answer against the request it came for: proxies mix answers up (reliability.md F19), and a record bound
 * to another one's draft would be found only by the proof. A record without a marker is another's when it fits another
 * request in flight better, or came before; one that fits none may have been changed by the destination itself.
 */
export class Echoes {
  readonly #context: PhaseContext;
  readonly #flying = new Set<Prepared>();
  /** Whose answers went to others: theirs is still to come. */
  readonly #missed = new Set<Prepared>();
  /** What was made, by the answers so far. */
  readonly #made = new Set<TargetId>();

  constructor(context: PhaseContext) {
    this.#context = context;
  }

  /** A request leaves. */
  leaves(prepared: Prepared): void {
    this.#flying.add(prepared);
  }

  /** What its answer means: as it says, or unknown when it is the answer to another one. */
  returns(outcome: Outcome): Outcome {
    const { prepared } = outcome;
    this.#flying.delete(prepared);
    if (!('record' in outcome)) return outcome;
    if (this.#isAnothers(prepared, outcome.record)) {
      this.#missed.add(prepared);
      return { kind: 'unknown', prepared, why: because };
    }
    if (outcome.kind === 'created') this.#remember(outcome.record.id);
    return outcome;
  }

  #remember(id: TargetId): void {
    this.#made.add(id);
    const [oldest] = this.#made;
    if (this.#made.size > rememberedAnswers && oldest !== undefined) this.#made.delete(oldest);
  }

  #isAnothers({ operation, request }: Prepared, record: TargetRecord): boolean {
    if (operation.action === 'update') return record.id !== operation.targetId;
    if (this.#made.has(record.id)) return true;
    if (record.marker !== null) return record.marker !== request.marker;
    const { destination } = this.#context;
    const names = new Set(destination.fingerprintsOf(record));
    if (names.has(destination.fingerprint(request))) return false;
    return [...this.#flying, ...this.#missed].some((one) => names.has(destination.fingerprint(one.request)));
  }
}
