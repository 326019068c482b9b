import { posix } from 'node:path';
import ts from 'typescript';
import { emulatorRoot, productRoot } from './rooms.ts';
import type { TreeFile } from './tree.ts';

const parsed = new WeakMap<TreeFile, ts.SourceFile>();

/** The syntax tree of a TypeScript file, parsed once. */
export function syntaxOf(file: TreeFile): ts.SourceFile {
  let source = parsed.get(file);
  if (source === undefined) {
    source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
    parsed.set(file, source);
  }
  return source;
}

/** Calls `visit` for every node, parents first. */
export function visitAll(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => visitAll(child, visit));
}

/** `path:line`, lines from 1. */
export function placeOf(file: TreeFile, node: ts.Node): string {
  const source = syntaxOf(file);
  return `${file.path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
}

/** One import of a file, `import type`, `export from` and `import()` included. */
export interface Import {
  readonly specifier: string;
  readonly place: string;
  /** The project file it names, from the root; null for packages and `node:`. */
  readonly target: string | null;
}

/** All imports of a file, in order. */
export function importsOf(file: TreeFile): readonly Import[] {
  const found: Import[] = [];
  visitAll(syntaxOf(file), (node) => {
    const name = moduleNameOf(node);
    if (name === null) return;
    found.push({ specifier: name.text, place: placeOf(file, name), target: resolve(file.path, name.text) });
  });
  return found;
}

function moduleNameOf(node: ts.Node): ts.StringLiteralLike | null {
  let name: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) name = node.moduleSpecifier;
  else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) name = node.argument.literal;
  else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    name = node.arguments[0];
  }
  return name !== undefined && ts.isStringLiteralLike(name) ? name : null;
}

function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  if (specifier === 'landfall-emulators') return emulatorRoot;
  if (specifier.startsWith('landfall-emulators/')) return emulatorRoot + specifier.slice(19);
  if (specifier === 'landfall') return productRoot;
  return specifier.startsWith('landfall/') ? productRoot + specifier.slice(9) : null;
}

/** Lines from `node`'s first to its last, doc comment not counted. */
export function linesOf(file: TreeFile, node: ts.Node): number {
  const source = syntaxOf(file);
  const start = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
  return source.getLineAndCharacterOfPosition(node.getEnd()).line - start + 1;
}

/** How many lines hold code: not blank, not only comment. */
export function codeLinesOf(file: TreeFile): number {
  const lines = new Set<number>();
  addTokens(syntaxOf(file), syntaxOf(file), lines);
  return lines.size;
}

function addTokens(source: ts.SourceFile, node: ts.Node, lines: Set<number>): void {
  if (ts.isJSDoc(node)) return;
  const children = node.getChildren(source);
  for (const child of children) addTokens(source, child, lines);
  if (children.length > 0 || node.getWidth(source) === 0) return;
  const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
  const last = source.getLineAndCharacterOfPosition(node.getEnd()).line;
  for (let line = first; line <= last; line += 1) lines.add(line);
}
