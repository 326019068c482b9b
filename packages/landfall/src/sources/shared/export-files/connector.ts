import { delimiterName } from '../../../files/dialect.ts';
import type { TableFile } from '../../../files/table.ts';
import type {
  Automation,
  BinaryStream,
  Cursor,
  Page,
  SourceCapabilities,
  SourceCatalog,
  SourceConnector,
} from '../../../model/source.ts';
import type { ExportConfiguration } from './configuration.ts';
import { describeExport } from './describe-export.ts';
import { detectPatterns } from './detect-patterns.ts';
import type { ExportCatalog } from './export-catalog.ts';
import { FileFolder } from './file-folder.ts';
import type { OpenedExport } from './known-table.ts';
import { openExport } from './open-export.ts';
import { readPages } from './read-pages.ts';

const capabilities: SourceCapabilities = {
  exactCounts: true,
  modifiedSince: false,
  deletions: false,
  binaries: false,
  automations: true,
};

/** Without rules of its own a source says nothing against any file. */
const noFileRules = { mostBytes: Number.POSITIVE_INFINITY, doubtfulEndings: [] };

/**
 * A source that hands out files: CSV, XLSX, or a zip of them. `configuration.export` and `configuration.files` (the
 * folder with files that tables name) must be paths that can be opened from the current folder. The files are opened
 * once and looked at again by `check` and `describe`.
 */
export function exportFilesSource(
  catalog: ExportCatalog,
  configuration: ExportConfiguration,
): SourceConnector {
  let opened: OpenedExport | null = null;
  const folder = folderOf(catalog, configuration);
  const open = async () => {
    await folder?.count();
    const found = await openExport(catalog, configuration, folder);
    opened = found;
    return found;
  };
  return {
    system: catalog.system,
    capabilities: { ...capabilities, binaries: folder !== null },
    ...(folder === null ? {} : { binary: opensFrom(folder) }),
    async check() {
      return { account: configuration.export, lines: linesOf(await open()) };
    },
    async describe(signal): Promise<SourceCatalog> {
      return describeExport(catalog, await open(), signal);
    },
    async *read(entity: string, from: Cursor | null, signal: AbortSignal): AsyncIterable<Page> {
      const { entities } = opened ?? (await open());
      const known = entities.find((other) => other.entity.name === entity);
      if (known !== undefined) yield* readPages(known, from, signal);
    },
    async *automations(signal: AbortSignal): AsyncIterable<Automation> {
      yield* detectPatterns(catalog.patterns, opened ?? (await open()), signal);
    },
  };
}

function folderOf(catalog: ExportCatalog, { files }: ExportConfiguration): FileFolder | null {
  const names = catalog.entities.some(({ filePath }) => filePath !== undefined);
  return files === undefined || !names ? null : new FileFolder(files, catalog.files ?? noFileRules);
}

function opensFrom(folder: FileFolder): (ref: string, signal: AbortSignal) => Promise<BinaryStream> {
  return (ref, signal) => folder.open(ref, signal);
}

function readAs({ encoding, delimiter, headerLine }: TableFile): string {
  if (encoding === undefined || delimiter === undefined) return '';
  return `; ${encoding.value}, "${delimiterName(delimiter.value)}", header in line ${headerLine}`;
}

function linesOf({ entities, unknown, leftOut, refused }: OpenedExport): string[] {
  return [
    ...entities.flatMap(({ entity, tables }) =>
      tables.map(
        ({ title, table, recognised }) => `${title}: ${entity.name} (${recognised.evidence})${readAs(table)}`,
      ),
    ),
    ...unknown.map(({ title, why }) => `${title}: not recognised (${why.reason})`),
    ...leftOut.map((title) => `${title}: left out, as landfall.yaml says`),
    ...refused.map((issue) => `${issue.file}: ${issue.message} ${issue.hint}`),
  ];
}
