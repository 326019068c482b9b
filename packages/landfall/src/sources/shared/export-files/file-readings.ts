import type { TableFile } from '../../../files/table.ts';
import type { FileReading } from '../../../model/source.ts';
import type { OpenedExport } from './known-table.ts';

/** How each file of an export was read, those that were not recognised too; what came from an API is no file. */
export function fileReadings({ entities, unknown }: OpenedExport): readonly FileReading[] {
  const known = entities.flatMap(({ entity, tables }) =>
    tables.map(({ table, title }) => ({ title, table, entity: entity.name })),
  );
  const others = unknown.map(({ table, title }) => ({ title, table, entity: null }));
  return [...known, ...others].filter(({ table }) => isFile(table)).map(readingOf);
}

function isFile({ kind, encoding }: TableFile): boolean {
  return kind === 'xlsx' || encoding !== undefined;
}

function readingOf({
  title,
  table,
  entity,
}: {
  readonly title: string;
  readonly table: TableFile;
  readonly entity: string | null;
}): FileReading {
  const { encoding, delimiter, headerLine } = table;
  const evidence = [encoding?.evidence, delimiter?.evidence].filter((each) => each !== undefined).join('; ');
  return {
    file: title,
    entity,
    encoding: encoding?.value ?? null,
    delimiter: delimiter?.value ?? null,
    headerLine,
    evidence,
  };
}
