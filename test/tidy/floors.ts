import { emulatorRoot, floors, isFixture, isTest, productFiles, productRoot, roomOf } from './rooms.ts';
import { type Import, importsOf } from './syntax.ts';
import type { Findings, Rule, Tree } from './tree.ts';

const room = (name: string) => `${productRoot}${name}`;

/** Runs `judge` over every import of `files`; it says what is wrong, or nothing. */
function checkImports(
  files: Tree['files'],
  judge: (from: string, imported: Import) => string | null,
): Findings {
  let looked = 0;
  const found: string[] = [];
  for (const file of files) {
    for (const imported of importsOf(file)) {
      looked += 1;
      const wrong = judge(file.path, imported);
      if (wrong !== null) found.push(`${imported.place} ${wrong}`);
    }
  }
  return { looked, found };
}

function judgeFloor(from: string, { target }: Import): string | null {
  const [own, other] = [roomOf(from), target === null ? null : roomOf(target)];
  if (own === null || other === null || own === other) return null;
  const [ownFloor, otherFloor] = [floors[own], floors[other]];
  if (ownFloor === undefined) return `${own} is no room of the house: give it a floor in test/tidy/rooms.ts`;
  if (otherFloor === undefined) return `${other} is no room of the house`;
  if (otherFloor < ownFloor) return null;
  return `${own} (floor ${ownFloor}) must not import ${other} (floor ${otherFloor})`;
}

/** The house stands on its floors: the order of `rooms.ts`. */
const downwards: Rule = {
  claim: 'a room imports only lower floors, and rooms of one floor do not know each other',
  check: (tree) => checkImports(productFiles(tree), judgeFloor),
  planted: {
    [room('base/a.ts')]: `import type { B } from '../model/b.ts';`,
    [room('store/a.ts')]: `import { b } from '../model/b.ts';\nexport * from '../wire/c.ts';`,
    [room('wire/c.ts')]: `const late = await import('../cli/d.ts');`,
    [room('cli/d.ts')]: `import '../store/a.ts'; import { x } from 'zod';`,
    [room('attic/e.ts')]: `import '../base/a.ts';`,
    [room('wire/c.test.ts')]: `import '../cli/d.ts';`,
  },
  finds: [
    `${room('base/a.ts')}:1 base (floor 1) must not import model (floor 2)`,
    `${room('store/a.ts')}:2 store (floor 3) must not import wire (floor 3)`,
    `${room('wire/c.ts')}:1 wire (floor 3) must not import cli (floor 8)`,
    `${room('attic/e.ts')}:1 attic is no room of the house: give it a floor in test/tidy/rooms.ts`,
  ],
};

function sourceFolderOf(path: string): string | null {
  const parts = path.startsWith(room('sources/')) ? path.slice(room('sources/').length).split('/') : [];
  return parts.length > 1 ? (parts[0] ?? null) : null;
}

function judgeSource(from: string, { target }: Import): string | null {
  const [own, other] = [sourceFolderOf(from), target === null ? null : sourceFolderOf(target)];
  if (own === null || other === null || own === other || other === 'shared') return null;
  return `sources/${own} must not import sources/${other}`;
}

/** What differs between CRMs stays in its own folder. */
const sourcesApart: Rule = {
  claim: 'a folder of sources/ imports itself and shared/, never another source',
  check: (tree) => checkImports(productFiles(tree), judgeSource),
  planted: {
    [room('sources/one/a.ts')]: `import '../shared/s.ts'; import './b.ts';\nimport '../two/a.ts';`,
    [room('sources/shared/s.ts')]: `import '../one/a.ts';`,
    [room('sources/registry.ts')]: `import './one/a.ts';`,
  },
  finds: [
    `${room('sources/one/a.ts')}:2 sources/one must not import sources/two`,
    `${room('sources/shared/s.ts')}:1 sources/shared must not import sources/one`,
  ],
};

/** The witness shares nothing with the accused. */
const witness: Rule = {
  claim: 'the emulators import nothing of the product, and only cli/ and tests import the emulators',
  check: (tree) =>
    checkImports(
      tree.files.filter(({ path }) => /^packages\/[^/]+\/src\/.+\.ts$/.test(path)),
      (from, { target, specifier }) => {
        if (from.startsWith(emulatorRoot)) {
          return target?.startsWith('packages/landfall/') ? `an emulator imports ${specifier}` : null;
        }
        const allowed = isTest(from) || roomOf(from) === 'cli';
        return target?.startsWith(emulatorRoot) && !allowed
          ? `only cli/ and tests may import emulators`
          : null;
      },
    ),
  planted: {
    [`${emulatorRoot}a.test.ts`]: `import { x } from '../../landfall/src/base/hash.ts';`,
    [`${emulatorRoot}a.ts`]: `import { x } from 'landfall/base/hash.ts';\nimport { y } from './b.ts';`,
    [room('phases/a.ts')]: `import { x } from 'landfall-emulators/a.ts';`,
    [room('phases/a.test.ts')]: `import { x } from 'landfall-emulators/a.ts';`,
    [room('cli/a.ts')]: `import { x } from 'landfall-emulators/a.ts';`,
  },
  finds: [
    `${emulatorRoot}a.test.ts:1 an emulator imports ../../landfall/src/base/hash.ts`,
    `${emulatorRoot}a.ts:1 an emulator imports landfall/base/hash.ts`,
    `${room('phases/a.ts')}:1 only cli/ and tests may import emulators`,
  ],
};

/** A fixture is free of the house rules, so nothing that is shipped may lean on it. */
const fixtures: Rule = {
  claim: 'only tests import a *-fixture.ts',
  check: (tree) =>
    checkImports(productFiles(tree), (_from, { target }) =>
      target !== null && isFixture(target) ? 'a fixture is for tests' : null,
    ),
  planted: {
    [room('files/a.ts')]: `import './table-fixture.ts';\nimport './fixture-table.ts';`,
    [room('files/a.test.ts')]: `import './table-fixture.ts';`,
    [room('files/table-fixture.ts')]: `import './other-fixture.ts';`,
  },
  finds: [`${room('files/a.ts')}:1 a fixture is for tests`],
};

/** Which way imports may go. */
export const floorRules: readonly Rule[] = [downwards, sourcesApart, witness, fixtures];
