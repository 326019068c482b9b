import { counted } from '../../../base/counted.ts';
import type { CatalogIssue } from '../../../model/source.ts';
import { fileFields, type fileStates } from './export-catalog.ts';
import { type ExtraColumns, notThere } from './extra-columns.ts';
import { endingOf } from './file-ending.ts';
import type { AllPaths, FileFolder, FoundFile } from './file-folder.ts';
import type { KnownTable } from './known-table.ts';

const listed = 200;
const shownEndings = 8;

type State = (typeof fileStates)[number];

/** What to do about a file whose bytes cannot move as they are. */
const ways: Readonly<Record<Exclude<State, 'there'>, { readonly what: string; readonly hint: string }>> = {
  missing: {
    what: 'is not in the folder of files',
    hint: 'Copy it there (source.files) and discover again; else its record keeps its path as a note.',
  },
  empty: { what: 'has no bytes', hint: 'Look for it in a backup; an empty file is not moved.' },
  'too large': {
    what: 'is larger than can be handed over',
    hint: 'Put it on a drive or a web server and keep the link: its record keeps its path as a note.',
  },
  'doubtful type': {
    what: 'has a type that is refused or that its content does not have',
    hint: 'Convert it (a picture or a PDF), or keep it on a drive: its record keeps its path as a note.',
  },
  outside: {
    what: 'leads out of the folder of files',
    hint: 'Mend the path in the table; files outside of the folder are never read.',
  },
};

/**
 * The columns that say what is known of the file a row names; without a folder every file is missing. `all`: every path
 * that tables name.
 */
export function fileColumns(known: KnownTable, folder: FileFolder | null, all: AllPaths): ExtraColumns {
  const path = known.recognised.entity.filePath;
  const names = path === undefined ? [] : notThere(known, Object.values(fileFields));
  return {
    names,
    async cellsOf(cell) {
      const text = path === undefined ? '' : cell(path);
      const cells = text === '' ? {} : cellsOf(await found(folder, text, all));
      return names.map((name) => cells[name] ?? '');
    },
  };
}

/** Every path that the rows of some tables name, in order. */
export async function* pathsNamed(tables: readonly KnownTable[]): AsyncIterable<string> {
  for (const { recognised, table } of tables) {
    const { filePath } = recognised.entity;
    const at = filePath === undefined ? -1 : recognised.standards.indexOf(filePath);
    if (at < 0) continue;
    for await (const rows of table.rows()) for (const { cells } of rows) yield (cells[at] ?? '').trim();
  }
}

async function found(folder: FileFolder | null, path: string, all: AllPaths): Promise<FoundFile> {
  if (folder !== null) return folder.find(path, all);
  const name = path.split(/[\\/]/).at(-1) ?? '';
  return { reference: path, name, sizeBytes: null, sha256: '', state: 'missing' };
}

function cellsOf({ reference, name, sizeBytes, sha256, state }: FoundFile): Readonly<Record<string, string>> {
  return {
    [fileFields.reference]: reference,
    [fileFields.name]: name,
    [fileFields.size]: sizeBytes === null ? '' : String(sizeBytes),
    [fileFields.sha256]: sha256,
    [fileFields.state]: state,
  };
}

const hints = {
  all: 'Nothing to do: all bytes are there.',
  some: 'Those that are not there, or cannot be handed over, are listed one by one with what to do.',
  none: 'Name the folder with the files in landfall.yaml (source.files); without it only their paths are kept, as notes.',
} as const;

/** Counts the files of one entity while its rows pass, and lists those that need another way (R-27 and its like). */
export class FileCount {
  readonly #entity: string;
  readonly #states = new Map<string, number>();
  readonly #endings = new Map<string, number>();
  readonly #troubles: CatalogIssue[] = [];
  #bytes = 0;

  constructor(entity: string) {
    this.#entity = entity;
  }

  /** Takes one row. `at`: where it stands, for people. */
  add(cell: (standard: string) => string, at: string): void {
    const state = cell(fileFields.state);
    if (state === '') return;
    const name = cell(fileFields.name);
    this.#states.set(state, (this.#states.get(state) ?? 0) + 1);
    const ending = endingOf(name);
    this.#endings.set(ending, (this.#endings.get(ending) ?? 0) + 1);
    this.#bytes += Number(cell(fileFields.size));
    if (state !== 'there' && this.#troubles.length < listed) this.#troubles.push(trouble(name, state, at));
  }

  /** One line about all files, and one about each that cannot move as it is (at most 200). */
  issues(): CatalogIssue[] {
    const all = [...this.#states.values()].reduce((sum, count) => sum + count, 0);
    if (all === 0) return [];
    const there = this.#states.get('there') ?? 0;
    const endings = [...this.#endings]
      .sort((a, b) => b[1] - a[1])
      .slice(0, shownEndings)
      .map(([ending, count]) => `${count} ${ending === '' ? 'without ending' : ending}`);
    const states = [...this.#states].map(([state, count]) => `${count} ${state}`).join(', ');
    const message = `${this.#entity} names ${counted(all, 'file')} (${states}; ${endings.join(', ')}), ${megabytes(this.#bytes)} in all.`;
    const hint = there === all ? hints.all : there === 0 ? hints.none : hints.some;
    const severity = there === all ? 'low' : 'high';
    return [{ code: 'files-found', severity, at: this.#entity, message, hint }, ...this.#troubles];
  }
}

function trouble(name: string, state: string, at: string): CatalogIssue {
  const { what, hint } = ways[state as keyof typeof ways];
  const code = `file-${state.replaceAll(' ', '-')}`;
  return { code, severity: 'medium', at, message: `The file "${name}" ${what}.`, hint };
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? counted(bytes, 'byte') : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
