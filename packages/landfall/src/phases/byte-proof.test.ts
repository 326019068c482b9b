import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceKey } from '../model/key.ts';
import type { Policies } from '../model/policy.ts';
import type { FileContent } from '../model/target.ts';
import { type Bench, draft, keepDrafts, link, openBench, planAndLoad, record } from './phase-fixture.ts';
import { verify } from './verify.ts';

let bench: Bench;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-bytes-'));
});
afterEach(async () => {
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

const files = 20;

/** A file on this machine; `told`: whether the source tells its hash. */
function fileOf(id: number, told = true): FileContent {
  const name = `offer-${id}.pdf`;
  const text = `PDF şu ${id}`;
  writeFileSync(join(folder, name), text);
  const sha256 = told ? createHash('sha256').update(text).digest('hex') : '';
  return { name, sizeBytes: Buffer.byteLength(text), sha256, path: join(folder, name) };
}

/** Twenty files on a deal, loaded into an account with these switches. */
async function loaded(fileProof: Policies['fileProof'], switches: object = {}, told = true): Promise<void> {
  bench = await openBench({ policies: { fileProof }, account: { switches } });
  const deal = sourceKey('deals', '1');
  const ids = Array.from({ length: files }, (_none, at) => at + 1);
  await keepDrafts(
    bench,
    [record('deals', '1'), ...ids.map((id) => record('files', `${id}`))],
    [
      draft('deal', deal, { title: 'Deal' }),
      ...ids.map((id) =>
        draft('file', sourceKey('files', `${id}`), { content: fileOf(id, told) }, [
          link('deal_id', 'deal', { id: '1' }),
        ]),
      ),
    ],
  );
  await planAndLoad(bench);
}

const downloads = () =>
  bench.account.emulator.control.log().filter(({ path, status }) => /\/download$/.test(path) && status < 400);
const otherBytes = { silentChanges: ['other-bytes'] };

describe('the proof of files (VER-05, facts.md 2.8: list 20/100, content proof 20)', () => {
  it('by size: other bytes of the same length are not seen, and nothing is downloaded', async () => {
    await loaded('size', otherBytes);
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: 0, findings: 0 });
    expect(downloads()).toEqual([]);
  });

  it.each(['redirect', 'bytes'])(
    'by bytes: what the account holds is hashed, whether it hands out %s; the right ones are equal',
    async (fileDownload) => {
      await loaded('bytes', { fileDownload });
      const before = bench.context.destination.budget().spentHere;
      expect(await verify(bench.context)).toMatchObject({ records: 1 + files, missing: 0, different: 0 });
      expect(downloads()).toHaveLength(files);
      const charged = downloads().reduce((sum, { tokens }) => sum + tokens, 0);
      expect(charged).toBe(20 * files);
      expect(bench.context.destination.budget().spentHere - before).toBeGreaterThanOrEqual(charged);
    },
  );

  it.each([
    ['the source told the hash', true],
    ['the hash is that of what was sent', false],
  ])('by bytes: other bytes than were sent are told, file by file (%s)', async (_what, told) => {
    await loaded('bytes', otherBytes, told);
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: files, findings: files });
    const [finding] = await bench.store.findings(0, 1);
    expect(finding).toMatchObject({ entity: 'file', field: 'content', verdict: 'different' });
    expect(finding?.found).toMatch(/"sha256":"[0-9a-f]{64}"/);
    const ledger = await bench.store.ledger();
    expect(ledger.target.file).toMatchObject({ created: files, verified: 0, diverged: files });
  });

  it('a proof that breaks off goes on with the files it has not read, and the next proof reads all again', async () => {
    await loaded('bytes');
    const { control } = bench.account.emulator;
    control.faults({
      seed: 1,
      rules: [{ kind: 'cloudflare-403', method: 'GET', path: '/api/v1/files/*/download', after: 12 }],
    });
    await expect(verify(bench.context)).rejects.toMatchObject({ code: 'blocked' });
    expect(downloads()).toHaveLength(12);
    control.faults({ seed: 1, rules: [] });
    control.advance(600_000);
    const again = await bench.takeOver();
    expect(await verify(again)).toMatchObject({ missing: 0, different: 0, findings: 0 });
    expect(downloads().length).toBeLessThan(12 + files);
    const before = downloads().length;
    await verify(again);
    expect(downloads()).toHaveLength(before + files);
  });
});
