import { productRoot, typescriptFiles } from './rooms.ts';
import { importsOf } from './syntax.ts';
import type { Findings, Rule, Tree } from './tree.ts';

type Graph = ReadonlyMap<string, readonly string[]>;

function graphOf(tree: Tree): Graph {
  const files = typescriptFiles(tree);
  const known = new Set(files.map((file) => file.path));
  return new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap(({ target }) => (target !== null && known.has(target) ? [target] : [])),
    ]),
  );
}

/** Circles of files, each told once, starting at its first file by name. */
function circlesOf(graph: Graph): readonly string[] {
  const finished = new Set<string>();
  const found = new Set<string>();
  const trail: string[] = [];
  const enter = (path: string): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.add(tell(trail.slice(at)));
    if (at >= 0 || finished.has(path)) return;
    trail.push(path);
    for (const next of graph.get(path) ?? []) enter(next);
    trail.pop();
    finished.add(path);
  };
  for (const path of graph.keys()) enter(path);
  return [...found].sort();
}

function tell(circle: readonly string[]): string {
  const first = circle.indexOf([...circle].sort()[0] ?? '');
  const turned = [...circle.slice(first), ...circle.slice(0, first)];
  return [...turned, turned[0]].join(' -> ');
}

function check(tree: Tree): Findings {
  const graph = graphOf(tree);
  return { looked: [...graph.values()].flat().length, found: circlesOf(graph) };
}

/** No file needs itself, `import type` included. */
export const circleRules: readonly Rule[] = [
  {
    claim: 'no file imports itself by any way round',
    check,
    planted: {
      [`${productRoot}base/c.ts`]: `import type { A } from './a.ts';`,
      [`${productRoot}base/b.ts`]: `export { c } from './c.ts';\nimport './d.ts';`,
      [`${productRoot}base/a.ts`]: `import { b } from './b.ts';\nimport './d.ts';`,
      [`${productRoot}base/d.ts`]: '',
    },
    finds: [`${['a', 'b', 'c', 'a'].map((name) => `${productRoot}base/${name}.ts`).join(' -> ')}`],
  },
];
