import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findTransform } from '../mapping/transforms.ts';
import { MigrationError } from '../model/error.ts';
import { sourceKey } from '../model/key.ts';
import { imbalances } from '../model/ledger.ts';
import type { SourceConnector } from '../model/source.ts';
import type { FileContent } from '../model/target.ts';
import { configure } from '../phases/configure.ts';
import type { PhaseContext } from '../phases/context.ts';
import { load } from '../phases/load/load.ts';
import {
  type Bench,
  draft,
  keepDrafts,
  link,
  memorySource,
  openBench,
  record,
  recordsIn,
  sampleMapping,
} from '../phases/phase-fixture.ts';
import { plan } from '../phases/plan/plan.ts';
import { verify } from '../phases/verify.ts';
import { createPipedrive } from '../pipedrive/destination.ts';
import { openSourceFiles } from './source-files.ts';

let bench: Bench;
let context: PhaseContext;
let folder: string;
let readings: Map<string, number>;
let isDown: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-source-bytes-'));
  bench = await openBench();
  readings = new Map();
  isDown = false;
  const { url, token } = bench.account;
  const destination = createPipedrive(
    {
      ...{ url, auth: { token }, plan: 'ultimate', seats: 10, share: 1, pace: 'off' },
      openFile: openSourceFiles(() => source, join(folder, 'files')),
    },
    bench.context.ports,
  );
  context = { ...bench.context, source, destination };
});
afterEach(async () => {
  await context.destination.close();
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the source says of each file, and the pieces its stream gives at the first and at every later reading. */
interface Told {
  readonly name: string;
  readonly says: string;
  readonly gives: readonly (readonly (string | Error)[])[];
  readonly sha256?: string;
}

const reset = new Error('socket hang up');
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const huge = String(60 * 1024 * 1024);

const files: Readonly<Record<string, Told>> = {
  good: {
    name: 'teklif şu.pdf',
    says: '7',
    gives: [['PDF', ' ', 'su']],
    sha256: hashOf('PDF su').toUpperCase(),
  },
  named: { name: 'a "b"\r\nX-Evil: 1.txt', says: '3', gives: [['abc']] },
  patient: { name: 'second-try.txt', says: '5', gives: [['he', reset], ['hello']] },
  longer: { name: 'longer.txt', says: '3', gives: [['abcd']] },
  shorter: { name: 'shorter.txt', says: '30', gives: [['abc']] },
  broken: { name: 'broken.txt', says: '5', gives: [['he', reset]] },
  changed: { name: 'changed.txt', says: '3', gives: [['abc']], sha256: hashOf('abd') },
  gone: { name: 'gone.txt', says: '3', gives: [] },
  huge: { name: 'film.mp4', says: huge, gives: [['x']] },
};

const source: SourceConnector = {
  ...memorySource([]),
  async binary(reference) {
    if (isDown) throw new MigrationError('unavailable', 'the CRM does not answer');
    const { gives = [] } = files[reference] ?? {};
    const reading = readings.get(reference) ?? 0;
    readings.set(reference, reading + 1);
    const pieces = gives[Math.min(reading, gives.length - 1)];
    if (pieces === undefined) throw new MigrationError('not-found', 'the CRM, while reading a file: 404');
    async function* chunks() {
      for (const piece of pieces ?? []) {
        if (piece instanceof Error) throw piece;
        yield Buffer.from(piece);
      }
    }
    return { chunks: chunks(), sizeBytes: null, mediaType: null };
  },
};

function contentOf(reference: string): FileContent {
  const { name, says, sha256 = '' } = files[reference] as Told;
  const size = reference === 'good' ? '6' : says;
  const outcome = findTransform('file')?.apply([reference, name, size, sha256], {}, {} as never);
  if (outcome?.ok !== true) throw new Error(`${reference}: ${outcome?.reason}`);
  return outcome.value as FileContent;
}

/** A deal with these files, planned and configured. */
async function keepFiles(references: readonly string[]): Promise<void> {
  const key = (id: string) => sourceKey('files', id);
  await keepDrafts(
    { ...bench, context },
    [record('deals', '1'), ...references.map((id) => record('files', id))],
    [
      draft('deal', sourceKey('deals', '1'), { title: 'Deal 1' }),
      ...references.map((id) =>
        draft('file', key(id), { content: contentOf(id) }, [link('deal_id', 'deal', { id: '1' })]),
      ),
    ],
  );
  await plan(context, sampleMapping);
  await configure(context);
}

async function expectBalanced(): Promise<void> {
  expect(await verify(context)).toMatchObject({ missing: 0, different: 0, strays: 0 });
  const ledger = await bench.store.ledger();
  expect(imbalances(ledger, { transform: false, load: true, verify: true })).toEqual([]);
  expect(readdirSync(join(folder, 'files'))).toEqual([]);
}

it('every file goes up as it is, or is listed with why: one that lies stops nothing (O-28(b)(c), R-27(b)(c), I1)', async () => {
  await keepFiles(Object.keys(files));
  await load(context);
  const made = recordsIn(bench, 'files').map(({ name, size, sha256 }) => [name, size, sha256]);
  expect(made.sort()).toEqual([
    ['a "b" X-Evil: 1.txt', 3, hashOf('abc')],
    ['second-try.txt', 5, hashOf('hello')],
    ['teklif şu.pdf', 6, hashOf('PDF su')],
  ]);
  const rejects = await bench.store.rejects(null, 0, 100);
  expect(Object.fromEntries(rejects.map(({ key, code, reason }) => [key, `${code}: ${reason}`]))).toEqual({
    'files:huge': expect.stringMatching(/^too-large: film.mp4 has 62914560 bytes/),
    'files:longer': expect.stringMatching(/^bytes-wrong: .*says 3 bytes, but there are more/),
    'files:shorter': expect.stringMatching(/^bytes-wrong: .*says 30 bytes, but ended after 3/),
    'files:broken': expect.stringMatching(/^bytes-wrong: .*broke off twice \(socket hang up\)/),
    'files:changed': expect.stringMatching(/^bytes-wrong: .*content has changed/),
    'files:gone': expect.stringMatching(/^bytes-wrong: .*does not hand it out .*404/),
  });
  expect(Object.fromEntries(readings)).toEqual({
    ...{ good: 1, named: 1, patient: 2, longer: 1, shorter: 2, broken: 2, changed: 1, gone: 1 },
  });
  await expectBalanced();
});

it('the audit holds the SHA-256 of the bytes that were sent, also where the source told none (AUD-01)', async () => {
  await keepFiles(['named', 'patient']);
  await load(context);
  const { seq } = await bench.store.auditHead();
  const entries = await bench.store.auditPage(0, seq);
  const hashes = entries.flatMap(({ kind, body }) => (kind === 'outcome' ? (body.sha256 ?? []) : []));
  expect(hashes.toSorted()).toEqual([hashOf('abc'), hashOf('hello')].sort());
});

it('a lost answer is looked up: the file is there once (I1)', async () => {
  await keepFiles(['named', 'patient']);
  const rules = [{ method: 'POST', path: '/api/v1/files', kind: 'lost-answer', count: 1 }];
  bench.account.emulator.control.faults({ seed: 1, rules });
  await load(context);
  expect(recordsIn(bench, 'files')).toHaveLength(2);
  await expectBalanced();
});

it('a source that is down pauses the run; the next one goes on and loses nothing', async () => {
  await keepFiles(['named', 'good']);
  isDown = true;
  await expect(load(context)).rejects.toMatchObject({ code: 'unavailable', recovery: 'pause' });
  expect(await bench.store.rejects('run', 0, 10)).toEqual([]);
  isDown = false;
  await load(context);
  expect(recordsIn(bench, 'files')).toHaveLength(2);
  await expectBalanced();
});
