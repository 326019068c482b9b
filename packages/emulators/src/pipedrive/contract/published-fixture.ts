import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { createPathRouter, type Found } from '../../kit/router.ts';
import type { JsonSchema } from './openapi-fault.ts';

const root = fileURLToPath(new URL('../../../../..', import.meta.url));
const folder = join(process.env.LANDFALL_SHARED ?? join(root, '../shared'), 'pipedrive');
const cache = join(root, 'node_modules/.cache/landfall-openapi');

/** A published description with the version it speaks of. The last one holds the operations that were removed. */
const FILES = [
  { api: 'v1', name: 'openapi-v1' },
  { api: 'v2', name: 'openapi-v2' },
  { api: 'v1', name: 'openapi-v1-2026-01-legacy' },
] as const;

/** Why the published descriptions cannot be looked at; null when they are there. */
export const missing: string | null = FILES.every(({ name }) => existsSync(join(folder, `${name}.yaml`)))
  ? null
  : 'the published OpenAPI files are neither at LANDFALL_SHARED nor beside the repository';

/** A file beside the published descriptions, as text. */
export function sharedText(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** One operation as it was published. */
export interface Published {
  /** `v2 GET /deals/{id}` */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly JsonSchema[];
  readonly requestBody: { readonly content: Content } | undefined;
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
  /** The schemas that `$ref` points at. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

type Content = Readonly<Record<string, { readonly schema?: JsonSchema; readonly example?: unknown }>>;

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Published, 'key'>>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, JsonSchema>> };
}

/** Every published operation by its key; where two files know one, the newer file speaks. */
export const published = once((): ReadonlyMap<string, Published> => {
  const all = new Map<string, Published>();
  for (const { api, name } of FILES) {
    const { paths, components } = described(name);
    for (const [path, methods] of Object.entries(paths)) {
      for (const [verb, operation] of Object.entries(methods)) {
        const method = verb.toUpperCase();
        const key = `${api} ${method} ${path}`;
        const parameters = operation.parameters ?? [];
        if (!all.has(key))
          all.set(key, { ...operation, parameters, key, method, path, schemas: components?.schemas ?? {} });
      }
    }
  }
  return all;
});

const router = once(() => {
  const paths = createPathRouter<Published>();
  const openParts = (path: string) => path.split('{').length;
  for (const one of [...published().values()].sort((a, b) => openParts(a.path) - openParts(b.path)))
    paths.add(one.method, `/${one.key.slice(0, 2)}${one.path}`, one);
  return paths;
});

/** The operation that a request asks for, by the published paths alone; null when none is. */
export function publishedFor(method: string, path: string): Published | null {
  const found: Found<Published> | null = router().find(method, path.replace(/^\/api/, ''));
  return found?.route ?? null;
}

// Reading YAML takes a second, JSON some milliseconds; every test file is a process of its own.
function described(name: string): Description {
  const file = join(folder, `${name}.yaml`);
  const { size, mtimeMs } = statSync(file);
  const kept = join(cache, `${name}-${size}-${Math.floor(mtimeMs)}.json`);
  if (existsSync(kept)) {
    const text = readFileSync(kept, 'utf8');
    // A file that another worker is still writing does not end as JSON does.
    if (text.endsWith('}\n')) return JSON.parse(text) as Description;
  }
  const description = parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }) as Description;
  mkdirSync(cache, { recursive: true });
  writeFileSync(kept, `${JSON.stringify(description)}\n`);
  return description;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
