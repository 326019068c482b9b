import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { MigrationError } from '../../../model/error.ts';
import type { CatalogIssue, Page, SourceConnector, SourceRecord } from '../../../model/source.ts';
import type { TableOverride } from './configuration.ts';
import { exportFilesSource } from './connector.ts';
import type { ExportCatalog } from './export-catalog.ts';

/** A small CRM with two entities and one rule. */
export const catalog: ExportCatalog = {
  system: 'sample',
  label: 'Sample CRM',
  expected: [['firms'], ['people', 'staff']],
  entities: [
    {
      name: 'firms',
      label: 'Firm',
      fields: [
        { name: 'Firm ID', aliases: [], type: 'id', identifying: true },
        { name: 'Firm', aliases: ['Firm Name'], type: 'name', identifying: true },
        { name: 'Web', aliases: ['Website'], type: 'url' },
        { name: 'Parent ID', aliases: [], type: 'reference', references: 'firms' },
        { name: 'Amount', aliases: [], type: 'money' },
        { name: 'Since', aliases: ['Created'], type: 'date' },
        { name: 'Status', aliases: [], type: 'choice' },
      ],
      requires: [['Firm']],
      id: 'Firm ID',
      naturalKey: ['Firm'],
      lookups: [
        { kind: 'id', from: ['Firm ID'] },
        { kind: 'name', from: ['Firm'] },
        { kind: 'domain', from: ['Web'] },
      ],
      fileWords: ['firm'],
      span: 'Since',
    },
    {
      name: 'people',
      label: 'Person',
      fields: [
        { name: 'First', aliases: [], type: 'name', identifying: true },
        { name: 'Last', aliases: [], type: 'name', identifying: true },
        { name: 'Mail', aliases: [], type: 'email', identifying: true },
        { name: 'Firm ID', aliases: [], type: 'reference', references: 'firms' },
      ],
      requires: [['First', 'Last', 'Mail']],
      id: 'Person ID',
      naturalKey: [],
      lookups: [
        { kind: 'email', from: ['Mail'] },
        { kind: 'name', from: ['First', 'Last'], join: true },
        { kind: 'parent', from: ['Firm ID'] },
      ],
      fileWords: ['people'],
    },
  ],
  patterns: [
    {
      kind: 'implies',
      name: 'Status by web',
      entity: 'firms',
      from: 'Web',
      to: 'Status',
      equivalent: 'none',
    },
  ],
};

/** Never aborted. */
export const signal = new AbortController().signal;

let current = '';

/** The folder of the export under test: new for each test. */
export function directory(): string {
  return current;
}

/** Gives every test of the file an empty folder. */
export function withFolder(): void {
  beforeEach(() => {
    current = mkdtempSync(join(tmpdir(), 'export-files-'));
  });
  afterEach(() => {
    rmSync(current, { recursive: true, force: true });
  });
}

/** Writes a file of the export. */
export function put(name: string, content: string | Buffer): void {
  writeFileSync(join(current, name), content);
}

/** The export as a source. */
export function source(tables: readonly TableOverride[] = [], path = current): SourceConnector {
  return exportFilesSource(catalog, { system: 'sample', export: path, tables: [...tables] });
}

/** Everything an iterable gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** All pages of an entity from a place on. */
export async function pagesOf(
  connector: SourceConnector,
  entity: string,
  from: string | null = null,
): Promise<Page[]> {
  return all(connector.read(entity, from, signal));
}

/** All records of an entity. */
export async function recordsOf(connector: SourceConnector, entity: string): Promise<SourceRecord[]> {
  return (await pagesOf(connector, entity)).flatMap(({ records }) => records);
}

/** The issues of one code that discovery tells. */
export async function issuesOf(connector: SourceConnector, code: string): Promise<CatalogIssue[]> {
  return (await connector.describe(signal)).issues.filter((issue) => issue.code === code);
}

/** The error that work must end with. */
export async function errorOf(work: () => Promise<unknown>): Promise<MigrationError> {
  const error = await work().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MigrationError);
  return error as MigrationError;
}
