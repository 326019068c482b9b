import { createHash } from 'node:crypto';
import { type SeededRandom, seededRandom } from 'landfall-emulators/kit/random.ts';
import { MigrationError } from '../../packages/landfall/src/model/error.ts';
import type { FileContent } from '../../packages/landfall/src/model/target.ts';
import type { OpenedFile, OpenFile } from '../../packages/landfall/src/pipedrive/upload.ts';
import type { Parents } from './child-rows.ts';
import type { Life } from './life.ts';

/**
 * What is wrong with a file's bytes (F27). `gone`: they are not there. `short`: fewer than the source says. `other`: not
 * those of the hash. `late`: not to be had the first times. `torn`: the upload breaks off in the middle, once.
 */
export const fileTroubles = ['gone', 'short', 'other', 'late', 'torn'] as const;

/** One of `fileTroubles`. */
type FileTrouble = (typeof fileTroubles)[number];

/** A file of the source, on one record. */
export interface SourceFile {
  readonly id: string;
  /** The record it hangs on. */
  readonly parent: { readonly entity: 'companies' | 'contacts' | 'deals'; readonly id: string };
  readonly trouble: FileTrouble | null;
  readonly fields: Readonly<Record<string, string>>;
  /** What must be there in the end. */
  readonly values: Readonly<Record<string, unknown>>;
}

const pointers = { companies: 'Company ID', contacts: 'Contact ID', deals: 'Deal ID' } as const;
/** Two of them on one record have the same name; every size is another one, for a list tells files by name and size. */
const names = ['offer.pdf', 'Teklif ışık.docx', 'offer.pdf', 'photo 1.jpg'];
const lateTries = 2;

/** Draws the files of a world; some of the bytes are in trouble. */
export function drawFiles(seed: number, parents: Parents): readonly SourceFile[] {
  const random = seededRandom(seed * 7_919 + 5);
  return Array.from({ length: random.between(3, 8) }, (_, at) => drawFile(random, at + 1, parents));
}

function drawFile(random: SeededRandom, number: number, parents: Parents): SourceFile {
  const id = `F-${number}`;
  const kinds = (['companies', 'contacts', 'deals'] as const).filter((kind) => parents[kind].length > 0);
  const entity = random.pick(kinds);
  const parent = { entity, id: random.pick<{ readonly id: string }>(parents[entity]).id };
  const trouble = random.next() < 0.5 ? random.pick(fileTroubles) : null;
  const name = random.pick(names);
  const bytes = bytesOf(id, 40 * number + random.between(0, 30));
  const tellsHash = trouble === 'other' || random.next() < 0.5;
  const sha256 = hashOf(bytes);
  const fields = {
    ID: id,
    Ref: `files/${id}`,
    Name: random.pick([name, `C:\\Users\\ada\\${name}`]),
    Size: String(bytes.length),
    SHA: tellsHash ? sha256 : '',
    'Company ID': '',
    'Contact ID': '',
    'Deal ID': '',
    [pointers[entity]]: parent.id,
  };
  return { id, parent, trouble, fields, values: { name, size: bytes.length, sha256 } };
}

/** Whether the bytes never become what the source says of them: the file is listed, and stays out. */
export function isRefused({ trouble }: SourceFile): boolean {
  return trouble === 'gone' || trouble === 'short' || trouble === 'other';
}

/** The bytes of a world's files, in memory: they fail as the world says, whatever process asks. */
export class FileStore {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #tries = new Map<string, number>();
  readonly #hit: (what: string) => void;

  /** `hit` is told of each trouble that happens. */
  constructor(files: readonly SourceFile[], hit: (what: string) => void) {
    this.#files = new Map(files.map((file) => [`source:${file.fields['Ref']}`, file]));
    this.#hit = hit;
  }

  /** How one process opens them. */
  opener(life: Life): OpenFile {
    return async (content) => {
      await life.turn();
      if (!life.step('source: file')) return new Promise<never>(() => undefined);
      return this.#open(content);
    };
  }

  #open({ path, name }: FileContent): OpenedFile {
    const file = this.#files.get(path);
    if (file === undefined) throw new Error(`nobody drew ${path}`);
    const { id, trouble } = file;
    const tries = (this.#tries.get(id) ?? 0) + 1;
    this.#tries.set(id, tries);
    if (trouble !== null) this.#hit(`file ${trouble}`);
    if (trouble === 'gone') throw new MigrationError('bytes-wrong', `There is no ${name}.`);
    if (trouble === 'late' && tries <= lateTries)
      throw new MigrationError('unavailable', `The bytes of ${name} cannot be had now.`);
    const size = Number(file.fields['Size']);
    const bytes = bytesOf(trouble === 'other' ? `${id} other` : id, trouble === 'short' ? size - 1 : size);
    const isTorn = trouble === 'torn' && tries === 1;
    return {
      sizeBytes: bytes.length,
      sha256: hashOf(bytes),
      bytes: () => pieces(bytes, isTorn),
      close: async () => undefined,
    };
  }
}

async function* pieces(bytes: Uint8Array, isTorn: boolean): AsyncGenerator<Uint8Array> {
  const half = Math.ceil(bytes.length / 2);
  yield bytes.subarray(0, half);
  if (isTorn) throw new Error('the simulated stream broke off');
  yield bytes.subarray(half);
}

function bytesOf(seed: string, size: number): Uint8Array {
  const block = createHash('sha256').update(seed).digest();
  return Buffer.concat(Array.from({ length: Math.ceil(size / block.length) }, () => block)).subarray(0, size);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
