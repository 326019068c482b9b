import type { ByteSource } from './byte-source.ts';
import { type NumberKind, numberKindOf } from './number-format.ts';
import { refuse } from './table.ts';
import { attribute, readWholeXml } from './xml-reader.ts';
import { entrySources } from './zip-archive.ts';

/** One worksheet as the workbook lists it; without a part it is named and not there. */
export interface WorkbookSheet {
  readonly name: string;
  readonly part: ByteSource | undefined;
}

/** A workbook's directory; texts and styles are read when first asked for. */
export interface Workbook {
  readonly file: string;
  readonly sheets: readonly WorkbookSheet[];
  /** Dates count from 1904 and not from 1900. */
  readonly from1904: boolean;
  /** The shared texts by index; `null` where one is longer than a cell may be. */
  texts(): Promise<readonly (string | null)[]>;
  /** What a number means, by style index. */
  styles(): Promise<readonly NumberKind[]>;
}

/** Most characters a spreadsheet cell can hold. */
export const sheetCellChars = 32_767;

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** Opens a workbook after checking the archive's limits and every entry's checksum. Throws `RefusedFile`. */
export async function openWorkbook(source: ByteSource, unpackedBytes?: number): Promise<Workbook> {
  const { entries } = await entrySources(source, () => true, unpackedBytes);
  const parts = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  for (const entry of entries) await checkIntact(entry);
  const file = source.name;
  const root = await relationsOf(parts.get('_rels/.rels'), '', file);
  const path = [...root.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const main = parts.get(path.toLowerCase());
  if (main === undefined)
    refuse('workbook-damaged', file, `${file} is a zip archive and not an Excel workbook (.xlsx).`);
  const types = parts.get('[content_types].xml');
  if (types !== undefined) await readWholeXml(types, file, {});
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const relations = await relationsOf(
    parts.get(`${folder}_rels/${path.slice(folder.length)}.rels`.toLowerCase()),
    folder,
    file,
  );
  const { named, from1904 } = await mainOf(main, file);
  const partOf = (type: string) =>
    parts.get([...relations.values()].find((one) => one.type === type)?.target.toLowerCase() ?? '');
  return {
    file,
    from1904,
    sheets: sheetsOf(named, relations, parts),
    texts: once(() => textsOf(partOf('sharedStrings'), file)),
    styles: once(() => stylesOf(partOf('styles'), file)),
  };
}

async function checkIntact(entry: ByteSource): Promise<void> {
  for await (const _ of entry.chunks());
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function relationsOf(
  part: ByteSource | undefined,
  folder: string,
  file: string,
): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  if (part === undefined) return relations;
  await readWholeXml(part, file, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const type = attribute(attributes, 'Type') ?? '';
      const target = resolved(folder, attribute(attributes, 'Target') ?? '');
      relations.set(attribute(attributes, 'Id') ?? '', {
        type: type.slice(type.lastIndexOf('/') + 1),
        target,
      });
    },
  });
  return relations;
}

/** A name inside the archive: looked up among its entries, never on disk. */
function resolved(folder: string, target: string): string {
  const parts = (target.startsWith('/') ? target : folder + target).split('/');
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return kept.join('/');
}

interface NamedSheet {
  readonly name: string;
  readonly relation: string;
}

async function mainOf(part: ByteSource, file: string): Promise<{ named: NamedSheet[]; from1904: boolean }> {
  const named: NamedSheet[] = [];
  let from1904 = false;
  await readWholeXml(part, file, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const relation = /\b[\w-]+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';
      named.push({ name: attribute(attributes, 'name') ?? `Sheet ${named.length + 1}`, relation });
    },
  });
  return { named, from1904 };
}

/** Chart and macro sheets hold no cells and are passed over. */
function sheetsOf(
  named: readonly NamedSheet[],
  relations: ReadonlyMap<string, Relation>,
  parts: ReadonlyMap<string, ByteSource>,
): WorkbookSheet[] {
  return named.flatMap(({ name, relation }) => {
    const found = relations.get(relation);
    if (found !== undefined && found.type !== 'worksheet') return [];
    return [{ name, part: found === undefined ? undefined : parts.get(found.target.toLowerCase()) }];
  });
}

async function textsOf(part: ByteSource | undefined, file: string): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  if (part === undefined) return texts;
  let current: string[] = [];
  let length = 0;
  let inText = false;
  let phonetic = false;
  await readWholeXml(part, file, {
    open(name) {
      if (name === 'si') {
        current = [];
        length = 0;
      }
      if (name === 'rPh') phonetic = true;
      if (name === 't') inText = !phonetic;
    },
    text(text) {
      if (!inText) return;
      length += text.length;
      if (length <= sheetCellChars) current.push(text);
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') phonetic = false;
      if (name === 'si') texts.push(length > sheetCellChars ? null : plainText(current.join('')));
    },
  });
  return texts;
}

/** Excel writes control characters as `_x000D_`. */
export function plainText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

async function stylesOf(part: ByteSource | undefined, file: string): Promise<NumberKind[]> {
  const kinds: NumberKind[] = [];
  if (part === undefined) return kinds;
  const codes = new Map<number, string>();
  let inCells = false;
  await readWholeXml(part, file, {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt')
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      if (name !== 'xf' || !inCells) return;
      const id = Number(attribute(attributes, 'numFmtId') ?? '0');
      kinds.push(numberKindOf(id, codes.get(id)));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return kinds;
}
