import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { scriptedClient } from '../module-rest/rest-fixture.ts';
import { drain } from './drain.ts';
import type { ObjectFinding, ProbeReport } from './probe-report.ts';
import { Spool } from './spool.ts';

const signal = new AbortController().signal;
const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

const report: ProbeReport = {
  version: 1,
  at: '2026-11-21T09:00:00Z',
  address: 'https://test.example',
  requests: 1,
  auth: 'key',
  authEvidence: '',
  paging: { kind: 'none' },
  pagingEvidence: '',
  items: 'items',
  total: 'total',
  next: null,
  limits: {},
  since: false,
  filesOpen: false,
  filesEvidence: '',
  stopped: null,
  lists: [],
  objects: [],
  objectsUntold: 0,
  log: [],
};

const field = (key: string, label: string) => ({ key, label, type: 'text', references: null });

/** Header and rows of an object that was drained. */
async function drained(object: ObjectFinding, records: readonly object[]) {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-drain-'));
  made.push(directory);
  const { client } = scriptedClient(() => ({ body: { items: records, total: records.length } }));
  const subject = {
    ...{ client, report: { ...report, objects: [object] }, rules: [], entities: new Set<string>() },
    ...{ at: '', origin: 'https://test.example' },
  };
  const spool = new Spool(join(directory, 'spool'));
  const { tables } = await spool.fill((writer) => drain(subject, writer, signal));
  const text = readFileSync(join(directory, 'spool', 'object-0.jsonl'), 'utf8');
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
  return { header: tables[0]?.header, rows };
}

describe('objects of the account itself (P-27)', () => {
  const proof: ObjectFinding = {
    ...{ key: 'proof', label: 'Proof', path: 'custom-objects/proof/records', isReadable: true },
    fields: [field('a', 'Size'), field('b', 'Size'), field('c', 'Proof ID'), field('d', 'e')],
  };

  it('fields with one label, or with that of the id, keep their own columns', async () => {
    const { header, rows } = await drained(proof, [{ id: 7, a: 'S', b: 'L', c: 'P-1', d: 'x', e: 'y' }]);
    expect(rows).toEqual([
      { 'Proof ID': '7', Size: 'S', 'Size (b)': 'L', 'Proof ID (c)': 'P-1', e: 'x', 'e (e)': 'y' },
    ]);
    expect(new Set(header)).toEqual(new Set(Object.keys(rows[0] ?? {})));
  });

  it('records without an id are rows too', async () => {
    const { rows } = await drained(proof, [{ a: 'S' }, { id: 7, a: 'M' }, { a: 'L' }]);
    expect(rows.map(({ Size }) => Size)).toEqual(['S', 'M', 'L']);
  });
});
