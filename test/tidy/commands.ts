import ts from 'typescript';
import { isTest, productRoot } from './rooms.ts';
import { syntaxOf, visitAll } from './syntax.ts';
import type { Tree } from './tree.ts';

/** The commands of the command line: what is handed to `.command('name ...')` in cli/, also by way of a function. */
export function cliCommands(tree: Tree): ReadonlySet<string> {
  const names = new Set(['help']);
  for (const file of tree.files) {
    if (!file.path.startsWith(`${productRoot}cli/`) || !file.path.endsWith('.ts') || isTest(file.path))
      continue;
    visitAll(syntaxOf(file), (node) => {
      const name = commandName(node);
      if (name !== null) names.add(name);
    });
  }
  return names;
}

/** `.command('name <argument>')`, or a function `...Command(program, 'name', ...)` that hands it on. */
function commandName(node: ts.Node): string | null {
  if (!ts.isCallExpression(node)) return null;
  const [first, second] = node.arguments;
  const callee = node.expression;
  const isMethod = ts.isPropertyAccessExpression(callee) && callee.name.text === 'command';
  const named = isMethod
    ? first
    : ts.isIdentifier(callee) && callee.text.endsWith('Command')
      ? second
      : undefined;
  return named !== undefined && ts.isStringLiteralLike(named) ? (named.text.split(' ')[0] ?? null) : null;
}
