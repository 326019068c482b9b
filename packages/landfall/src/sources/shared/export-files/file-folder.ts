import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { MigrationError } from '../../../model/error.ts';
import type { BinaryStream } from '../../../model/source.ts';
import type { FileRules, fileStates } from './export-catalog.ts';
import { endingOf, looksLike, mediaTypeOf } from './file-ending.ts';

/** What is known of one file that a table names. */
export interface FoundFile {
  /** What opens it; of one that is not there the path as it was written, which opens nothing. */
  readonly reference: string;
  readonly name: string;
  readonly sizeBytes: number | null;
  /** Hex; '' of one that is not there or not to be handed over. */
  readonly sha256: string;
  readonly state: (typeof fileStates)[number];
}

/** Bytes that tell what a file is. */
const headBytes = 16;

interface Print {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly head: Buffer;
}

/**
 * The folder that the export's tables name files of. Only files that were listed in it can be opened: a path with
 * `..`, and a link that leads elsewhere, name nothing. Paths are compared without case, as the system's machines do.
 */
export class FileFolder {
  readonly #root: string;
  readonly #rules: FileRules;
  #listed: Promise<Listed> | null = null;
  #firstBare: Promise<FirstBare> | null = null;
  readonly #prints = new Map<string, Promise<Print | null>>();

  constructor(root: string, rules: FileRules) {
    this.#root = root;
    this.#rules = rules;
  }

  /** How many files lie in it. Throws `path-missing` when there is no such folder. */
  async count(): Promise<number> {
    return (await this.#list()).byPath.size;
  }

  /**
   * What is known of the file that a path of a table names: a relative one, or one of another machine. `all`: every path
   * that the tables name, always the same ones; of those that lead to a file by its bare name only the first does.
   */
  async find(path: string, all: AllPaths = noOther): Promise<FoundFile> {
    const parts = partsOf(path);
    const name = parts.at(-1) ?? '';
    const nothing = { reference: path, name, sizeBytes: null, sha256: '' };
    if (parts.includes('..')) return { ...nothing, state: 'outside' };
    const match = longestMatch(await this.#list(), parts);
    if (match === null || (match.isBare && !(await this.#isFirstBare(match.path, parts, all))))
      return { ...nothing, state: 'missing' };
    const reference = relative(this.#root, match.path).replaceAll('\\', '/');
    const print = await this.#printOf(reference);
    // Gone since the folder was listed, or not to be read by us.
    if (print === null) return { ...nothing, state: 'missing' };
    const { sizeBytes, sha256, head } = print;
    return { reference, name, sizeBytes, sha256, state: this.#stateOf(name, sizeBytes, head) };
  }

  /** Opens what `find` referred to. Throws `bytes-wrong` for anything else, and for what is gone since. */
  async open(reference: string, signal: AbortSignal): Promise<BinaryStream> {
    const path = pathOf(await this.#list(), reference);
    if (path === undefined) throw notThere(reference, this.#root);
    const { size } = await stat(path).catch((cause: unknown) => {
      throw notThere(reference, this.#root, cause);
    });
    const chunks = createReadStream(path, { signal }) as AsyncIterable<Uint8Array>;
    return { chunks, sizeBytes: size, mediaType: mediaTypeOf(reference) };
  }

  #stateOf(name: string, sizeBytes: number, head: Buffer): FoundFile['state'] {
    if (sizeBytes === 0) return 'empty';
    if (sizeBytes > this.#rules.mostBytes) return 'too large';
    const doubtful = this.#rules.doubtfulEndings.includes(endingOf(name)) || !looksLike(name, head);
    return doubtful ? 'doubtful type' : 'there';
  }

  async #isFirstBare(path: string, parts: readonly string[], all: AllPaths): Promise<boolean> {
    this.#firstBare ??= firstBare(await this.#list(), all);
    const first = (await this.#firstBare).get(path);
    return first === undefined || first === nameOf(parts);
  }

  #printOf(reference: string): Promise<Print | null> {
    const print =
      this.#prints.get(reference) ??
      printOf(join(this.#root, reference), this.#rules.mostBytes).catch(() => null);
    this.#prints.set(reference, print);
    return print;
  }

  #list(): Promise<Listed> {
    this.#listed ??= listFiles(this.#root);
    return this.#listed;
  }
}

/** Paths as tables write them. */
export type AllPaths = () => AsyncIterable<string>;

async function* noOther(): AsyncIterable<string> {}

/** By file the first of the paths that lead to it by its bare name. */
type FirstBare = ReadonlyMap<string, string>;

/** From the tables, not from what was asked so far: a process that goes on in the middle must find the same. */
async function firstBare(listed: Listed, all: AllPaths): Promise<FirstBare> {
  const first = new Map<string, string>();
  for await (const path of all()) {
    const parts = partsOf(path);
    const match = longestMatch(listed, parts);
    if (match?.isBare === true && !first.has(match.path)) first.set(match.path, nameOf(parts));
  }
  return first;
}

function partsOf(path: string): readonly string[] {
  return path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');
}

function nameOf(parts: readonly string[]): string {
  return folded(parts.join('/'));
}

interface Match {
  /** As the file lies on this machine. */
  readonly path: string;
  /** Whether nothing but its name leads to it. */
  readonly isBare: boolean;
}

/**
 * Paths of another machine begin with folders that are not here: the longest end of it that is counts. Where its folder
 * is here and the file is not in it, the file is missing: one of that name further up is another one.
 */
function longestMatch(listed: Listed, parts: readonly string[]): Match | null {
  for (let from = 0; from < parts.length; from += 1) {
    const path = pathOf(listed, parts.slice(from).join('/'));
    if (path !== undefined) return { path, isBare: from > 0 && from === parts.length - 1 };
    if (listed.folders.has(folded(parts.slice(from, -1).join('/')))) return null;
  }
  return null;
}

/** Files by their path below the folder: as it is, and folded where only one folds to it. */
interface Listed {
  readonly byPath: ReadonlyMap<string, string>;
  readonly byFolded: ReadonlyMap<string, string>;
  /** Folders below it that hold files, folded. */
  readonly folders: ReadonlySet<string>;
}

/** The file of that very name before one that is called so on a machine that tells no case: two of those are none. */
function pathOf({ byPath, byFolded }: Listed, reference: string): string | undefined {
  return byPath.get(reference) ?? byFolded.get(folded(reference));
}

/** Case aside, and with letters composed: some machines write them in parts. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function notThere(reference: string, root: string, cause?: unknown): MigrationError {
  return new MigrationError('bytes-wrong', `There is no file ${reference} in ${root}.`, {
    at: reference,
    hint: 'Put the file into the folder (source.files) and extract again, or upload it by hand (attachments.csv).',
    ...(cause === undefined ? {} : { cause }),
  });
}

async function listFiles(root: string): Promise<Listed> {
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const byPath = new Map(paths.map((path) => [relative(root, path).replaceAll('\\', '/'), path] as const));
    const alike = Map.groupBy(byPath, ([path]) => folded(path));
    const byFolded = [...alike].flatMap(([name, [first, ...others]]) =>
      first === undefined || others.length > 0 ? [] : [[name, first[1]] as const],
    );
    const folders = [...byPath.keys()].flatMap((path) => {
      const names = path.split('/').slice(0, -1);
      return names.map((_, at) => folded(names.slice(0, at + 1).join('/')));
    });
    return { byPath, byFolded: new Map(byFolded), folders: new Set(folders) };
  } catch (cause) {
    throw new MigrationError('path-missing', `The folder of files (source.files) cannot be read: ${root}.`, {
      at: root,
      cause,
    });
  }
}

/** A file too large to be handed over is not read: its size says enough. */
async function printOf(path: string, mostBytes: number): Promise<Print> {
  const { size } = await stat(path);
  if (size > mostBytes) return { sizeBytes: size, sha256: '', head: Buffer.alloc(0) };
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes)]);
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: hash.digest('hex'), head };
}
