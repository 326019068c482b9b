import type { BytesDigest } from '../model/destination.ts';
import { entityTraits } from '../model/entity-table.ts';
import type { FileContent, TargetEntity, TargetRecord } from '../model/target.ts';
import type { FieldComparison } from './compare.ts';
import { type PhaseContext, stopIfAsked } from './context.ts';
import type { Prepared } from './load/prepare.ts';

const batchSize = 1_000;
const readAtOnce = 8;
const roundName = 'byteProofRound';

/** What the destination holds instead of the bytes that were sent, by the number of the operation; null: nothing. */
export type OtherBytes = ReadonlyMap<number, BytesDigest | null>;

/**
 * Reads the bytes of files back and holds them against what was sent, when the policy `fileProof` asks for it. What was
 * found equal is remembered until the proof ends: one that runs out of tokens goes on the next day where it was.
 */
export class ByteProof {
  readonly #context: PhaseContext;
  #sent: Promise<ReadonlyMap<number, string>> | null = null;

  constructor(context: PhaseContext) {
    this.#context = context;
  }

  /** The records whose bytes are not those that were sent; none when nobody asks. */
  async otherBytes(
    entity: TargetEntity,
    pairs: readonly (readonly [Prepared, TargetRecord | null])[],
  ): Promise<OtherBytes> {
    const { bytesIn } = entityTraits[entity];
    const other = new Map<number, BytesDigest | null>();
    if (bytesIn === null || this.#context.policies.fileProof !== 'bytes') return other;
    const round = await this.#round();
    const due: Due[] = [];
    for (const [{ operation, request }, record] of pairs) {
      const sha256 = await this.#hashOf(operation.seq, request.values[bytesIn] as FileContent | undefined);
      const { seq } = operation;
      if (record === null || sha256 === '' || (await this.#isKnown(seq, round, sha256))) continue;
      due.push({ seq, record, sha256 });
    }
    for (let at = 0; at < due.length; at += readAtOnce) {
      const batch = due.slice(at, at + readAtOnce);
      for (const [seq, digest] of await this.#read(entity, batch, round)) other.set(seq, digest);
      stopIfAsked(this.#context);
    }
    return other;
  }

  /** The proof is whole: the next one believes nothing of this one. */
  async end(): Promise<void> {
    if (this.#context.policies.fileProof !== 'bytes') return;
    const next = String(Number(await this.#round()) + 1);
    await this.#context.store.write(this.#context.lease, (writer) => writer.setValue(roundName, next));
  }

  /** Reads some files and answers those that hold something else. */
  async #read(entity: TargetEntity, batch: readonly Due[], round: string) {
    const { destination, store, lease, signal } = this.#context;
    const read = await Promise.all(
      batch.map(async (due) => ({ due, digest: await destination.digest(entity, due.record.id, signal) })),
    );
    const isSame = ({ due, digest }: (typeof read)[number]) => digest?.sha256 === due.sha256;
    await store.write(lease, async (writer) => {
      for (const { due } of read.filter(isSame))
        await writer.setValue(nameOf(due.seq), provenAs(round, due.sha256));
    });
    return read.filter((one) => !isSame(one)).map(({ due, digest }) => [due.seq, digest] as const);
  }

  async #round(): Promise<string> {
    return (await this.#context.store.getValue(roundName)) ?? '1';
  }

  async #isKnown(seq: number, round: string, sha256: string): Promise<boolean> {
    return (await this.#context.store.getValue(nameOf(seq))) === provenAs(round, sha256);
  }

  /** What was staged; where the source told no hash, what was sent. '' where an answer was lost and nobody knows. */
  async #hashOf(seq: number, content: FileContent | undefined): Promise<string> {
    if (content === undefined || content.sha256 !== '') return content?.sha256 ?? '';
    this.#sent ??= sentHashes(this.#context);
    return (await this.#sent).get(seq) ?? '';
  }
}

interface Due {
  readonly seq: number;
  readonly record: TargetRecord;
  readonly sha256: string;
}

function nameOf(seq: number): string {
  return `bytes:${seq}`;
}

function provenAs(round: string, sha256: string): string {
  return `${round}:${sha256}`;
}

/** The hashes of sent files by the audit log, by the number of the operation. */
async function sentHashes({ store }: PhaseContext): Promise<ReadonlyMap<number, string>> {
  const sent = new Map<number, string>();
  for (let after = 0; ; ) {
    const page = await store.auditPage(after, batchSize);
    const last = page.at(-1);
    if (last === undefined) return sent;
    for (const { kind, body } of page)
      if (kind === 'outcome' && typeof body.sha256 === 'string') sent.set(Number(body.seq), body.sha256);
    after = last.seq;
  }
}

/** The comparison of a record, with the field of its bytes as they were read; unchanged when they are the right ones. */
export function withBytes(
  compared: readonly FieldComparison[],
  entity: TargetEntity,
  seq: number,
  other: OtherBytes,
): readonly FieldComparison[] {
  const digest = other.get(seq);
  if (digest === undefined) return compared;
  return compared.map((one) => {
    if (one.field !== entityTraits[entity].bytesIn) return one;
    const name = (one.expected as FileContent).name;
    const found = digest === null ? null : { name, ...digest, path: '' };
    return { ...one, found, verdict: digest === null ? 'missing' : 'different' };
  });
}
