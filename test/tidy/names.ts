import { productRoot, roomOf } from './rooms.ts';
import type { Findings, Rule, Tree } from './tree.ts';

const emptyWords = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'service']);
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
const ours = /^(?:packages\/[^/]+\/(?:src|bin)|test|bench|samples|scripts)\/.+\.(?:ts|js)$/;

/** Files of code with the folders that lead to them. */
function codePaths(tree: Tree): readonly string[] {
  return tree.files.map(({ path }) => path).filter((path) => ours.test(path));
}

function checkParts(tree: Tree, wrong: (part: string) => boolean, message: string): Findings {
  const paths = codePaths(tree);
  const found = paths.filter((path) => path.split('/').some(wrong)).map((path) => `${path}:1 ${message}`);
  return { looked: paths.length, found };
}

/** What things may be called. */
export const nameRules: readonly Rule[] = [
  {
    claim: 'names of files and folders are kebab-case',
    check: (tree) => checkParts(tree, (part) => !kebab.test(part), 'is not kebab-case'),
    planted: {
      'test/fineName.ts': '',
      'scripts/a_b.js': '',
      'packages/a/src/B/c.ts': '',
      'test/a-b.test.ts': '',
    },
    finds: ['fineName.ts', 'a_b.js', 'B/c.ts'].map((name, index) => {
      return `${['test', 'scripts', 'packages/a/src'][index]}/${name}:1 is not kebab-case`;
    }),
  },
  {
    claim: 'a name says what is inside: no utils, helpers, common, manager, service',
    check: (tree) =>
      checkParts(tree, (part) => part.split(/[-.]/).some((word) => emptyWords.has(word)), 'says nothing'),
    planted: { 'test/date-utils.ts': '', 'packages/a/src/common/b.ts': '', 'bench/commons-csv.ts': '' },
    finds: ['test/date-utils.ts:1 says nothing', 'packages/a/src/common/b.ts:1 says nothing'],
  },
  {
    claim: 'no room has an index.ts',
    check: (tree) => {
      const paths = codePaths(tree).filter((path) => path.startsWith('packages/'));
      const found = paths.filter((path) => path.endsWith('/index.ts')).map((path) => `${path}:1 is an index`);
      return { looked: paths.filter((path) => roomOf(path) !== null).length, found };
    },
    planted: { [`${productRoot}model/index.ts`]: '', [`${productRoot}model/lookup-index.ts`]: '' },
    finds: [`${productRoot}model/index.ts:1 is an index`],
  },
];
