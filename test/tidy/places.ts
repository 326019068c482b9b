import type { Findings, Rule, Tree, TreeFile } from './tree.ts';

const textual = /\.(?:ts|js|cjs|mjs|json|md|ya?ml)$|^\.ci\/run$/;
/** Folders of one machine, and hosts packages are fetched from. */
const oneMachine = /(?<![\w.])\/(?:work|root|home\/\w+|Users\/\w+)\/\w|registry\.[a-z-]+\.(?:org|com|io)/;

function badLines(file: TreeFile): readonly string[] {
  return file.text.split('\n').flatMap((line, index) => {
    const match = oneMachine.exec(line);
    return match === null ? [] : [`${file.path}:${index + 1} names ${match[0]}`];
  });
}

function check(tree: Tree): Findings {
  const files = tree.files.filter(({ path }) => textual.test(path) && path !== 'test/tidy/places.ts');
  return { looked: files.length, found: files.flatMap(badLines) };
}

/** The project runs on any machine. */
export const placeRules: readonly Rule[] = [
  {
    claim: 'no file names a folder of one machine or a package registry',
    check,
    planted: {
      'docs/a.md': 'see /home/ada/landfall and packages/home/x, https://example.org/work/',
      'package-lock.json': '"resolved": "https://registry.example.org/zod"',
      'test/a.ts': `join('../root/x', '/api/work/items')`,
    },
    finds: ['docs/a.md:1 names /home/ada/l', 'package-lock.json:1 names registry.example.org'],
  },
];
