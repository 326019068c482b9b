import { anchorsName, anchorsOf } from '../model/audit.ts';
import type { StoreWriter } from '../model/store.ts';

/**
 * Remembers the head of the audit log, within the writer's transaction: from then on entries up to it cannot be
 * exchanged or cut off unnoticed by anybody who has the reports (reliability.md 8). Nothing new is not anchored twice.
 */
export async function anchorHead(writer: StoreWriter, after: string, nowMs: number): Promise<void> {
  const { seq, hash } = await writer.auditHead();
  const anchors = anchorsOf(await writer.getValue(anchorsName));
  if (seq === (anchors.at(-1)?.seq ?? 0)) return;
  const anchor = { after, at: new Date(nowMs).toISOString(), seq, hash };
  await writer.setValue(anchorsName, JSON.stringify([...anchors, anchor]));
}
