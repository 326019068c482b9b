import { describe, expect, it } from 'vitest';
import type { NewOperation } from '../../packages/landfall/src/model/store.ts';
import { type Bench, writeOnce } from './store-bench.ts';
import { contact, idsBetween, personOperation } from './store-samples.ts';

/** Transactions, leases, and several programs at one store. */
export function safetyTests(bench: Bench): void {
  describe('a transaction', () => {
    it('that throws leaves nothing', async () => {
      const { store, write } = bench();
      const failing = write(async (writer) => {
        await writer.stage([contact('1')]);
        await writer.setValue('cursor', '1');
        await writer.appendAudit([{ kind: 'phase', body: {} }]);
        throw new Error('the power went');
      });
      await expect(failing).rejects.toThrow('the power went');
      expect(await store.stagedCount('contact')).toBe(0);
      expect(await store.getValue('cursor')).toBe(null);
      expect((await store.auditHead()).seq).toBe(0);
      await write((writer) => writer.stage([contact('1')]));
      expect((await store.stagedPage('contact', 0, 1))[0]?.seq).toBe(1);
    });

    it('in which a statement failed leaves nothing, even when the work goes on', async () => {
      const { store, write } = bench();
      const wrong = { ...personOperation('1'), because: null } as unknown as NewOperation;
      const failing = write(async (writer) => {
        await writer.setValue('cursor', '1');
        await writer.addOperations([wrong]).catch(() => undefined);
        await writer.setValue('after', '1').catch(() => undefined);
      });
      await expect(failing).rejects.toThrow(/null/i);
      expect([await store.getValue('cursor'), await store.getValue('after')]).toEqual([null, null]);
    });

    it('sees its own writes; others see them when it is committed', async () => {
      const { store, second, write } = bench();
      const other = await second();
      await write(async (writer) => {
        await writer.stage([contact('1')]);
        expect(await writer.stagedCount('contact')).toBe(1);
        expect(await store.stagedCount('contact')).toBe(0);
        expect(await other.stagedCount('contact')).toBe(0);
      });
      expect([await store.stagedCount('contact'), await other.stagedCount('contact')]).toEqual([1, 1]);
    });

    it('answers what its work answers, one after the other', async () => {
      const { store } = bench();
      const lease = await store.lease('test', 60_000);
      const bump = () =>
        store.write(lease, async (writer) => {
          const count = Number((await writer.getValue('count')) ?? 0) + 1;
          await writer.setValue('count', String(count));
          return count;
        });
      const answers = await Promise.all(idsBetween(1, 20).map(bump));
      expect(answers).toEqual(idsBetween(1, 20).map(Number));
    });

    it('cannot be begun inside another, nor used when it has ended: both stop instead of waiting for ever', async () => {
      const { store, write } = bench();
      await expect(write(() => store.write(null, async () => undefined))).rejects.toThrow(
        /inside another write/,
      );
      const escaped = await write(async (writer) => writer);
      await expect(escaped.setValue('a', 'b')).rejects.toThrow(/had ended/);
    });
  });

  describe('a lease', () => {
    it('is held by one; the holder is named (F16)', async () => {
      const { store, second } = bench();
      const other = await second();
      const lease = await store.lease('ann', 1_000);
      await expect(other.lease('bo', 1_000)).rejects.toMatchObject({
        code: 'lease-held',
        message: /: ann\./,
      });
      await expect(store.lease('ann', 1_000)).rejects.toMatchObject({ code: 'lease-held' });
      await lease.release();
      expect((await other.lease('bo', 1_000)).epoch).toBe(lease.epoch + 1);
    });

    it('that ran out can be taken over, and the old holder is fenced off (F16)', async () => {
      const { store, second, clock } = bench();
      const other = await second();
      const lease = await store.lease('ann', 1_000);
      clock.advance(999);
      await expect(other.lease('bo', 1_000)).rejects.toMatchObject({ code: 'lease-held' });
      expect(lease.isCurrent()).toBe(true);
      clock.advance(1);
      expect(lease.isCurrent()).toBe(false);
      const taken = await other.lease('bo', 1_000);
      const late = store.write(lease, (writer) => writer.setValue('late', 'yes'));
      await expect(late).rejects.toMatchObject({ code: 'lease-lost', message: /bo has/ });
      await expect(lease.renew()).rejects.toMatchObject({ code: 'lease-lost' });
      await lease.release();
      expect(await other.getValue('late')).toBe(null);
      await other.write(taken, (writer) => writer.setValue('mine', 'yes'));
      expect(await store.getValue('mine')).toBe('yes');
    });

    it('stays by renewing, and by writing', async () => {
      const { store, second, clock } = bench();
      const other = await second();
      const lease = await store.lease('ann', 1_000);
      for (const prolong of [() => lease.renew(), () => store.write(lease, async () => undefined)]) {
        clock.advance(800);
        await prolong();
        clock.advance(800);
        expect(lease.isCurrent()).toBe(true);
        await expect(other.lease('bo', 1_000)).rejects.toMatchObject({ code: 'lease-held' });
      }
    });

    it('that ran out but was not taken over goes on with the next write', async () => {
      const { store, clock } = bench();
      const lease = await store.lease('ann', 1_000);
      clock.advance(60_000);
      await store.write(lease, (writer) => writer.setValue('a', 'b'));
      expect(lease.isCurrent()).toBe(true);
    });

    it('that was given back writes nothing more', async () => {
      const { store } = bench();
      const lease = await store.lease('ann', 1_000);
      await lease.release();
      expect(lease.isCurrent()).toBe(false);
      await expect(store.write(lease, async () => undefined)).rejects.toMatchObject({ code: 'lease-lost' });
    });

    it.each([
      ['an hour ahead', 3_600_000],
      ['ten years back', -315_360_000_000],
    ])('is measured by the monotonic clock when civil time jumps %s (F11)', async (_name, jumpMs) => {
      const { store, clock, second } = bench();
      const lease = await store.lease('ann', 1_000);
      clock.jump(jumpMs);
      expect(lease.isCurrent()).toBe(true);
      await store.write(lease, (writer) => writer.setValue('a', 'b'));
      // nobody is locked out for ten years, and who is pushed aside is fenced off
      const taken = await (await second()).lease('bo', 1_000);
      expect(taken.epoch).toBe(lease.epoch + 1);
      await expect(store.write(lease, async () => undefined)).rejects.toMatchObject({ code: 'lease-lost' });
    });

    it('is not needed for decisions, and nothing else goes without it', async () => {
      const { store } = bench();
      await store.lease('ann', 1_000);
      await store.write(null, (writer) => writer.setValue('approval', 'plan'));
      expect(await store.getValue('approval')).toBe('plan');
      const staging = store.write(null, (writer) => writer.stage([contact('1')]));
      await expect(staging).rejects.toThrow(/stage needs the lease/);
    });

    it('is given to exactly one of many that ask at once', async () => {
      const { store, second } = bench();
      const stores = [store, await second(), await second()];
      const asked = await Promise.allSettled(
        idsBetween(1, 12).map((id, index) => (stores[index % 3] ?? store).lease(id, 1_000)),
      );
      expect(asked.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    });
  });

  describe('several programs', () => {
    it('write in turns and lose nothing', async () => {
      const { store, second } = bench();
      const other = await second();
      const append = (one: typeof store) =>
        one.write(null, (writer) => writer.appendAudit([{ kind: 'decision', body: {} }]));
      await Promise.all(idsBetween(1, 20).map((id) => append(Number(id) % 2 === 0 ? store : other)));
      const entries = await store.auditPage(0, 99);
      expect(entries.map((entry) => entry.seq)).toEqual(idsBetween(1, 20).map(Number));
    });

    it('read while one writes, and see whole transactions only', async () => {
      const { store, second } = bench();
      const reader = await second();
      const lease = await store.lease('ann', 60_000);
      const writing = new AbortController();
      const seen: number[] = [];
      const reading = (async () => {
        while (!writing.signal.aborted) {
          seen.push(await reader.stagedCount('contact'));
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      for (let from = 1; from <= 200; from += 50) {
        await store.write(lease, async (writer) => {
          for (const id of idsBetween(from, from + 49)) await writer.stage([contact(id)]);
          await new Promise((resolve) => setImmediate(resolve));
        });
      }
      writing.abort();
      await reading;
      expect(await reader.stagedCount('contact')).toBe(200);
      expect(seen.every((count) => count % 50 === 0)).toBe(true);
      expect(seen.length).toBeGreaterThan(3);
    });

    it('keep several migrations in one database apart', async () => {
      const { store, neighbour, write } = bench();
      const other = await neighbour();
      await write((writer) => writer.stage([contact('1')]));
      await write((writer) => writer.appendAudit([{ kind: 'phase', body: {} }]));
      await writeOnce(other, (writer) => writer.stage([contact('1'), contact('2')]));
      expect([await store.stagedCount('contact'), await other.stagedCount('contact')]).toEqual([1, 2]);
      expect((await other.auditHead()).seq).toBe(0);
      await store.lease('ann', 1_000);
      expect((await other.lease('bo', 1_000)).epoch).toBe(2);
    });
  });

  it('everything is there when the store is opened again', async () => {
    const { write, reopen } = bench();
    await write(async (writer) => {
      await writer.stage([contact('1')]);
      await writer.addOperations([personOperation('1')]);
      await writer.appendAudit([{ kind: 'intent', body: { seq: 1 } }]);
    });
    const again = await reopen();
    expect((await again.stagedPage('contact', 0, 9)).map((record) => record.key)).toEqual(['contact:1']);
    expect((await again.operation(1))?.state).toBe('planned');
    expect((await again.auditHead()).seq).toBe(1);
    await writeOnce(again, (writer) => writer.stage([contact('2')]));
    expect((await again.stagedPage('contact', 1, 9)).map((record) => record.seq)).toEqual([2]);
  });
}
