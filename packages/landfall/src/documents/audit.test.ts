import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import { anchorsName, anchorsOf } from '../model/audit.ts';
import type { Store } from '../model/store.ts';
import { openSqlite } from '../store/open-store.ts';
import { auditSection, writeAuditLog } from './audit.ts';
import type { DocumentContext } from './context.ts';

const verifier = fileURLToPath(new URL('../../verifier/verify-audit.js', import.meta.url));

let folder = '';
let store: Store;
let context: DocumentContext;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-audit-'));
  store = await openSqlite(join(folder, 'state.sqlite'), 'acme', systemPorts(), { noValues: true });
  context = { reader: store } as unknown as DocumentContext;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Entries whose texts hold every kind of line end that is not one. */
async function entries(count: number, after: string): Promise<void> {
  await store.write(null, async (writer) => {
    for (let seq = 0; seq < count; seq += 1) {
      const values = { name: `Ann ${seq}` };
      await writer.appendAudit([{ kind: 'intent', body: { seq, why: 'a\u2028b\u2029c\r\nd', values } }]);
    }
    const anchor = { ...(await writer.auditHead()), after, at: '2026-01-02T03:04:05.000Z' };
    const anchors = [...anchorsOf(await writer.getValue(anchorsName)), anchor];
    await writer.setValue(anchorsName, JSON.stringify(anchors));
  });
}

function verify(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [verifier, ...args], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe('the exported audit log (AUD-01, reliability.md 8)', () => {
  it('is checked by the separate program, against the anchors of each gate', async () => {
    await entries(5, 'run: person');
    await entries(7, 'verify');
    const [log = '', anchors = ''] = await writeAuditLog(context, folder);
    expect(readFileSync(log, 'utf8')).not.toContain('Ann');
    const lines = readFileSync(log, 'utf8').split('\n');
    expect(lines).toHaveLength(13);
    const marks = readFileSync(anchors, 'utf8').trim().split('\n');
    expect(marks.map((line) => JSON.parse(line))).toMatchObject([
      { after: 'run: person', seq: 5 },
      { after: 'verify', seq: 12 },
    ]);
    expect(verify(log, '--anchors', anchors)).toEqual({
      status: 0,
      said: expect.stringMatching(/^sound: 12 entries, head 12:[0-9a-f]{64}\n$/),
    });
    expect(verify(log).said).toContain('no anchor was given');

    const cut = join(folder, 'cut.jsonl');
    writeFileSync(cut, `${lines.slice(0, 9).join('\n')}\n`);
    expect(verify(cut).status).toBe(0);
    expect(verify(cut, '--anchors', anchors)).toMatchObject({
      status: 1,
      said: expect.stringContaining('first bad entry 10'),
    });
    expect(verify(log, '--anchor', 'x').status).toBe(2);
    expect(verify().status).toBe(2);
  });

  it('has its heads in the report that the customer keeps', async () => {
    expect(await auditSection(context)).toEqual([]);
    await entries(2, 'run: deal');
    const { hash } = await store.auditHead();
    expect(JSON.stringify(await auditSection(context))).toContain(hash);
  });

  it('uses nothing of the product', () => {
    const imports = [...readFileSync(verifier, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from);
    expect(imports).toEqual(['node:crypto', 'node:fs', 'node:url']);
  });
});
