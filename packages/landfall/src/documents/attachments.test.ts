import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sourceKey } from '../model/key.ts';
import type { Mapping } from '../model/mapping.ts';
import type { RejectCode, SourceCatalog, SourceEntity } from '../model/source.ts';
import type { StoreWriter } from '../model/store.ts';
import type { Link } from '../model/target.ts';
import { withSample } from './document-fixture.ts';
import { writeDocument } from './documents.ts';

const key = (id: number) => sourceKey('annotations', `${id}`);
const names = ['good.pdf', 'huge.iso', 'lying.doc', 'late.txt', 'nameless', 'remark'];

const mapping = {
  entities: [
    {
      from: 'annotations',
      to: 'file',
      part: 'file',
      rows: [
        { to: 'file.content', from: ['Body', 'Name', 'File Size'], via: ['file'] },
        { to: 'file.deal_id', from: 'Regarding', via: ['reference'] },
      ],
    },
    { from: 'links', to: 'note', why: 'R-27(c): a note says where it lies', rows: [] },
  ],
} as unknown as Mapping;

const catalog = {
  entities: [
    { name: 'companies', fields: [] },
    {
      name: 'annotations',
      fields: [
        { name: 'Body', type: 'file', standard: null },
        { name: 'File Name', type: 'text', standard: 'Name' },
      ],
    },
    { name: 'links', fields: [{ name: 'URL', type: 'file' }] },
  ],
} as unknown as SourceCatalog;

const toDeal: Link = {
  field: 'deal_id',
  entity: 'deal',
  source: 'deals',
  tries: [],
  within: null,
  whenMissing: 'review',
  text: 'D-7',
  row: 1,
};

function record(id: number, name: string) {
  const body = name === 'remark' ? '' : `annotation/${id}`;
  return {
    entity: 'annotations',
    key: key(id),
    fields: { Body: body, 'File Name': name, 'File Size': `${id}00`, Regarding: 'D-9' },
    position: `annotations ${id}`,
    lookup: [],
  };
}

function draft(id: number, name: string) {
  const value = { name, sizeBytes: id * 100, sha256: '', path: `source:annotation/${id}` };
  return {
    entity: 'file',
    key: key(id),
    part: 'file',
    title: name,
    fields: { content: { value, effect: 'asIs', row: 0 } },
    links: [toDeal],
    position: `annotations ${id}`,
  } as const;
}

/** 1 moves, 2 is too large, 3 lied about its size, 4 came too late, 5 was refused by the transform, 6 has no file. */
async function seed(writer: StoreWriter): Promise<void> {
  const link = (id: string, url: string) => ({
    ...record(1, ''),
    entity: 'links',
    key: sourceKey('links', id),
    fields: { URL: url },
  });
  const links = [link('1', 'https://d.test/x'), link('2', 'https://d.test/y')];
  await writer.stage([...names.map((name, at) => record(at + 1, name)), ...links]);
  const note = {
    ...draft(1, ''),
    entity: 'note',
    key: links[0]?.key ?? key(0),
    part: '',
    fields: {},
  } as const;
  await writer.putDrafts([
    ...[1, 2, 3, 4].map((id) => draft(id, names[id - 1] ?? '')),
    { ...note, links: [{ ...toDeal, text: 'D-8' }] },
  ]);
  const base = { entity: 'file', part: 'file', because: '', links: [], extra: {}, targetId: null } as const;
  await writer.addOperations(
    [1, 2, 3, 4].map((id) => ({
      ...base,
      key: key(id),
      action: id === 2 ? ('skip' as const) : ('create' as const),
      costTokens: 1,
      fingerprint: `${id}`,
    })),
  );
  const failed = (await writer.operationPage({ entity: 'file' }, 0, 10)).filter((one) =>
    [key(3), key(4)].includes(one.key),
  );
  await writer.changeOperations(failed.map(({ seq }) => ({ seq, state: 'failed' as const })));
  const told = (id: number, entity: string, code: RejectCode, reason: string) => ({
    ...{ entity, key: key(id), position: '', code, field: null, reason },
  });
  await writer.addRejects('transform', [
    told(5, 'annotations', 'value-refused', 'file.content: the file has no name'),
    told(6, 'annotations', 'value-refused', 'note.content: too short'),
  ]);
  await writer.addRejects('plan', [told(2, 'file', 'too-large', 'huge.iso has 200 bytes')]);
  await writer.addRejects('run', [
    told(3, 'file', 'bytes-wrong', 'the source says 300 bytes, but there are more'),
    told(4, 'file', 'parent-failed', 'its deal was not made'),
  ]);
}

async function written(known: SourceCatalog): Promise<string | null> {
  return withSample(async (context, directory) => {
    const files = await writeDocument('attachments', { ...context, catalog: known, mapping }, directory);
    return files.length === 0 ? null : readFile(join(directory, 'attachments.csv'), 'utf8');
  }, seed);
}

it('lists every file that does not move by itself, with its parent, why and what to do (DOC-16, D-30(b)(c), O-28(c), R-27(c))', async () => {
  const lines = ((await written(catalog)) ?? '')
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const rows = lines.map((line) =>
    line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replaceAll('"', '')),
  );
  expect(rows.map((row) => row.slice(0, 6))).toEqual([
    ['Entity', 'Source id', 'Parent', 'Name', 'Size in bytes', 'Why'],
    ['annotations', '2', 'deal D-7', 'huge.iso', '200', 'huge.iso has 200 bytes'],
    ['annotations', '3', 'deal D-7', 'lying.doc', '300', 'the source says 300 bytes, but there are more'],
    ['annotations', '4', 'deal D-7', 'late.txt', '400', 'its deal was not made'],
    ['annotations', '5', 'Regarding D-9', 'nameless', '500', 'file.content: the file has no name'],
    [
      'links',
      '1',
      'deal D-8',
      'https://d.test/x',
      '',
      'a note in its place (R-27(c): a note says where it lies)',
    ],
    ['links', '2', '', 'https://d.test/y', '', 'the mapping makes no file of it'],
  ]);
  expect(rows.slice(1).map((row) => row[6])).toEqual([
    expect.stringContaining('link it from a note'),
    expect.stringContaining('open it in Sample CRM and upload it'),
    expect.stringContaining('mend the record'),
    expect.stringContaining('open it in Sample CRM and upload it'),
    expect.stringContaining('open it in Sample CRM and upload it'),
    expect.stringContaining('open it in Sample CRM and upload it'),
  ]);
});

it('the scope document tells how many files there are, how large, and how many do not fit (DISC-21, R-27(b))', async () => {
  const words = await withSample(async (context, directory) => {
    const entities = [...(context.catalog?.entities ?? []), ...catalog.entities.slice(1)];
    const known = { ...context.catalog, entities: entities.map(fullEntity) } as unknown as SourceCatalog;
    await writeDocument(
      'scope',
      { ...context, catalog: known, mapping: { ...context.mapping, ...mapping } as Mapping },
      directory,
    );
    return readFile(join(directory, 'scope.md'), 'utf8');
  }, seed);
  expect(words).toContain('| annotations | 5 | 1,500 | 500 | 1 | uploaded |');
  expect(words).toContain('| links | 2 | not told | not told | 0 | listed in attachments.csv |');
});

/** An entity with what a scope document needs of it. */
function fullEntity(entity: Partial<SourceEntity>): SourceEntity {
  const { name = '', label = name } = entity;
  const bare = { custom: false, count: { value: 1, exact: true }, origin: [], fields: [] };
  return { ...bare, ...entity, name, label };
}

it('is not written for a source without files', async () => {
  const bare = { entities: catalog.entities.slice(0, 1) } as unknown as SourceCatalog;
  expect(await written(bare)).toBeNull();
});
