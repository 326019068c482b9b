import { expect, it } from 'vitest';
import { anchorsName, anchorsOf } from '../model/audit.ts';
import { anchorHead } from './anchor.ts';
import { openBench } from './phase-fixture.ts';

it('the head of the audit log is remembered once for each state of the log (AUD-01, reliability.md 8)', async () => {
  const { store, close } = await openBench();
  const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);
  const body = { phase: 'x' };
  await store.write(null, (writer) => anchorHead(writer, 'nothing yet', nowMs));
  expect(await store.getValue(anchorsName)).toBeNull();
  await store.write(null, async (writer) => {
    await writer.appendAudit([{ kind: 'phase', body }]);
    await anchorHead(writer, 'run: person', nowMs);
    await anchorHead(writer, 'run', nowMs);
    await writer.appendAudit([{ kind: 'phase', body }]);
    await anchorHead(writer, 'verify', nowMs);
  });
  const head = await store.auditHead();
  expect(anchorsOf(await store.getValue(anchorsName))).toEqual([
    { after: 'run: person', at: '2026-01-02T03:04:05.000Z', seq: 1, hash: expect.any(String) },
    { after: 'verify', at: '2026-01-02T03:04:05.000Z', ...head },
  ]);
  await close();
});
