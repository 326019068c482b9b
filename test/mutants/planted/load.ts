import type { Mutant } from '../mutant.ts';

/** Bugs in the load: what goes to disk and onto the wire, and in which order. */
export const loadMutants: readonly Mutant[] = [
  {
    id: 'sent-before-commit',
    says: 'requests go out while their intents are still on the way to the disk',
    file: 'phases/load/load.ts',
    find: 'await store.write(lease, (writer) => intend(writer, batch));',
    replace: `void store
      .write(lease, (writer) => intend(writer, batch))
      .catch((trouble: unknown) => {
        this.#trouble ??= trouble;
      });`,
    test: 'packages/landfall/src/phases/load/order.test.ts',
    named: ['the intent of each request is committed before it is sent'],
  },
  {
    id: 'intents-not-synced',
    says: 'intents are committed without fsync: a power cut forgets what was sent',
    file: 'phases/load/load.ts',
    find: 'await store.write(lease, (writer) => intend(writer, batch));',
    replace: "await store.write(lease, (writer) => intend(writer, batch), 'process');",
    test: 'packages/landfall/src/phases/load/order.test.ts',
    named: ['every commit of the load outlives a power cut'],
  },
  {
    id: 'audit-outside-transaction',
    says: 'the audit entries of intents follow in a transaction of their own: a kill in between loses them',
    file: 'phases/load/load.ts',
    find: 'await store.write(lease, (writer) => intend(writer, batch));',
    replace: `let tell = async (): Promise<void> => undefined;
    const later: Parameters<typeof intend>[0]['appendAudit'] = async (events) => {
      tell = () => store.write(lease, (writer) => writer.appendAudit(events));
    };
    await store.write(lease, (writer) => intend({ ...writer, appendAudit: later }, batch));
    await tell();`,
    test: 'packages/landfall/src/phases/load/order.test.ts',
    named: ['after every commit the audit log knows each intent and outcome'],
  },
  {
    id: 'identity-before-outcome',
    says: 'the new id is bound in a transaction before the outcome: after a kill the record passes for settled, and is made again',
    file: 'phases/load/load.ts',
    find: "    ports.crashPoint('load:after-send');",
    replace: `    for (const outcome of outcomes) {
      if (outcome.kind !== 'created') continue;
      const pair = { ref: outcome.prepared.operation, id: outcome.record.id };
      await this.#context.store.write(this.#context.lease, (writer) => writer.bind([pair]));
    }
    ports.crashPoint('load:after-send');`,
    test: 'packages/landfall/src/phases/load/order.test.ts',
    named: ['only what is done has an id'],
  },
  {
    id: 'watermark-by-time',
    says: 'the sweep goes back to a time of our own clock and not to the highest id there was',
    file: 'phases/load/load.ts',
    find: 'const id = await context.destination.watermark(entity, context.signal);',
    replace: 'const id = new Date(context.ports.clock.nowMs()).toISOString();',
    test: 'packages/landfall/src/phases/load/load.test.ts',
    named: ['when every second answer'],
  },
  {
    id: 'before-image-late',
    says: 'how a record was is kept after the update: when the answer is lost, nobody knows any more',
    file: 'phases/load/send.ts',
    find: `  await keepBefore(context, before, values);
  const record = await context.destination.write({ ...request, values, id: targetId }, context.signal);`,
    replace: `  const record = await context.destination.write({ ...request, values, id: targetId }, context.signal);
  await keepBefore(context, before, values);`,
    test: 'packages/landfall/src/phases/load/load.test.ts',
    named: ['when the answer to the update is lost'],
  },
  {
    id: 'refusal-without-line',
    says: 'a record that the destination refuses is counted, and no line says which and why',
    file: 'phases/load/outcome.ts',
    find: "  if (outcome.kind === 'failed') return [{ ...base, code: outcome.code, field: null, reason: outcome.why }];\n",
    replace: '',
    test: 'packages/landfall/src/phases/load/load.test.ts',
    named: ['and refused ones are put aside'],
  },
  {
    id: 'doubt-not-booked-out',
    says: 'what is proven not to have been executed stays in doubt in the books',
    file: 'phases/load/outcome.ts',
    find: "    case 'again':\n      return wasInDoubt;",
    replace: "    case 'again':\n      return [];",
    test: 'packages/landfall/src/phases/load/outcome.test.ts',
    named: ['the books balance whatever becomes of a write'],
  },
  {
    id: 'swept-once',
    says: 'a lost answer is looked up at once and never again: a write that lands late is made twice',
    file: 'phases/load/reconcile.ts',
    find: '  return [waitedSeconds, ...due.filter((at) => at > waitedSeconds)];',
    replace: '  return due.length === 0 ? [] : [waitedSeconds];',
    test: 'packages/landfall/src/phases/load/load.test.ts',
    named: ['when every second answer'],
  },
  {
    id: 'double-kept',
    says: 'only what was sent three times is looked at for doubles, so a record sent twice may stand twice',
    file: 'phases/load/strays.ts',
    find: "operation.attempt > 1 && operation.action === 'create'",
    replace: "operation.attempt > 2 && operation.action === 'create'",
    test: 'packages/landfall/src/phases/load/load.test.ts',
    named: ['when a write lands after the quiet time'],
  },
];
