import { type Findings, fileAt, type Rule, type Tree } from './tree.ts';

/** One package as `package-lock.json` holds it. */
interface Locked {
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const free = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'Zlib', '0BSD'];
/** What may be shipped with the product. */
const shipped = new Set([...free, 'Unlicense', 'CC0-1.0']);
/** What may be used to build and test it. */
const atHome = new Set([...shipped, 'MPL-2.0', 'Python-2.0']);

/** Installed packages by their place: `node_modules/a/node_modules/b`. */
function lockedPackages(tree: Tree): readonly (readonly [string, Locked])[] {
  const text = fileAt(tree, 'package-lock.json')?.text ?? '{}';
  const lock = JSON.parse(text) as { readonly packages?: Readonly<Record<string, Locked>> };
  return Object.entries(lock.packages ?? {}).filter(([, locked]) => locked.link !== true);
}

/** True when `name`, asked for from `place`, has an entry there or further up. */
function isLocked(places: ReadonlySet<string>, place: string, name: string): boolean {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (places.has(from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`)) return true;
    if (from === '') return false;
  }
}

/** `npm ci` fails on another machine when the lockfile misses that platform's binary. */
function checkOptional(tree: Tree): Findings {
  const packages = lockedPackages(tree);
  const places = new Set(packages.map(([place]) => place));
  const wanted = packages.flatMap(([place, locked]) =>
    Object.keys(locked.optionalDependencies ?? {}).map((name) => ({ place, name })),
  );
  const missing = wanted.filter(({ place, name }) => !isLocked(places, place, name));
  const found = missing.map(
    ({ place, name }) => `package-lock.json:1 ${place} wants ${name}, which has no entry`,
  );
  return { looked: wanted.length, found };
}

/** Reads an SPDX expression without nesting: `A OR B`, `A AND B`. */
function isAllowed(license: string, allowed: ReadonlySet<string>): boolean {
  const choices = license.replace(/[()]/g, '').split(/ OR /i);
  return choices.some((choice) => choice.split(/ AND /i).every((one) => allowed.has(one.trim())));
}

function checkLicences(tree: Tree): Findings {
  const packages = lockedPackages(tree).filter(([place]) => place.includes('node_modules/'));
  const wrong = packages.filter(
    ([, { license = 'none', dev }]) => !isAllowed(license, dev ? atHome : shipped),
  );
  const found = wrong.map(
    ([place, { license = 'none' }]) => `package-lock.json:1 ${place} has licence ${license}`,
  );
  return { looked: packages.length, found };
}

const lockfile = (packages: Readonly<Record<string, Locked>>) => ({
  'package-lock.json': JSON.stringify({ packages }),
});

/** What the lockfile must hold, and may not. */
export const packageRules: readonly Rule[] = [
  {
    claim: 'every optional dependency in the lockfile has an entry',
    check: checkOptional,
    planted: lockfile({
      '': { optionalDependencies: { here: '1.0.0' } },
      'node_modules/here': { license: 'MIT' },
      'node_modules/a': { optionalDependencies: { here: '1.0.0', nested: '1.0.0', 'b-arm64': '1.0.0' } },
      'node_modules/a/node_modules/nested': {},
    }),
    finds: ['package-lock.json:1 node_modules/a wants b-arm64, which has no entry'],
  },
  {
    claim: 'licences are on the list; MPL-2.0 only for tools',
    check: checkLicences,
    planted: lockfile({
      '': { license: 'GPL-3.0' },
      'node_modules/a': { license: '(MIT OR GPL-3.0-only)' },
      'node_modules/b': { license: 'MIT AND GPL-3.0-only' },
      'node_modules/c': { license: 'MPL-2.0', dev: true },
      'node_modules/d': { license: 'MPL-2.0' },
      'node_modules/e': {},
    }),
    finds: ['b has licence MIT AND GPL-3.0-only', 'd has licence MPL-2.0', 'e has licence none'].map(
      (one) => {
        return `package-lock.json:1 node_modules/${one}`;
      },
    ),
  },
];
