import ts from 'typescript';
import { productFiles, productRoot } from './rooms.ts';
import { placeOf, syntaxOf, visitAll } from './syntax.ts';
import type { Findings, Rule, Tree, TreeFile } from './tree.ts';

function isExported(node: ts.Statement): boolean {
  return ts.canHaveModifiers(node)
    ? (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    : ts.isExportAssignment(node);
}

/** Names exported by a separate `export { a, b }` of the same file. */
function listedExports(source: ts.SourceFile): ReadonlySet<string> {
  const names = source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier) return [];
    const clause = statement.exportClause;
    if (!clause || !ts.isNamedExports(clause)) return [];
    return clause.elements.map((element) => (element.propertyName ?? element.name).text);
  });
  return new Set(names);
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => declaration.name.getText());
  }
  const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  if (named || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return [statement.name?.text ?? 'default'];
  }
  return ts.isExportAssignment(statement) ? ['default'] : [];
}

function hasDoc(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).some((doc) => {
    return ts.isJSDoc(doc) && (ts.getTextOfJSDocComment(doc.comment) ?? '').trim() !== '';
  });
}

interface Exported {
  readonly name: string;
  readonly place: string;
  readonly documented: boolean;
}

function exportsOf(file: TreeFile): readonly Exported[] {
  const source = syntaxOf(file);
  const listed = listedExports(source);
  const documented = new Map<string, Exported>();
  for (const statement of source.statements) {
    for (const name of namesOf(statement)) {
      if (!isExported(statement) && !listed.has(name)) continue;
      // Overloads: one doc comment speaks for all.
      const before = documented.get(name)?.documented ?? false;
      const place = documented.get(name)?.place ?? placeOf(file, statement);
      documented.set(name, { name, place, documented: before || hasDoc(statement) });
    }
  }
  return [...documented.values()];
}

function checkDocs(tree: Tree): Findings {
  const exported = productFiles(tree).flatMap(exportsOf);
  const found = exported
    .filter((one) => !one.documented)
    .map((one) => `${one.place} ${one.name} has no doc comment`);
  return { looked: exported.length, found };
}

function checkTemplates(tree: Tree): Findings {
  const files = productFiles(tree).filter(({ path }) => path.startsWith(`${productRoot}templates/`));
  const found: string[] = [];
  for (const file of files) {
    visitAll(syntaxOf(file), (node) => {
      const active = (ts.isFunctionLike(node) && 'body' in node) || ts.isClassLike(node);
      if (active) found.push(`${placeOf(file, node)} a template holds data, not functions`);
    });
  }
  return { looked: files.length, found };
}

/** What an export owes its reader, and what a template may not hold. */
export const exportRules: readonly Rule[] = [
  {
    claim: 'every export has a doc comment',
    check: checkDocs,
    planted: {
      'packages/a/src/a.ts': [
        '/** Says so. */',
        'export const a = 1;',
        'export const b = 2;',
        '// not a doc comment',
        'export function c(): void {}',
        '/** */',
        'export interface D {}',
        'const e = 1;',
        'function own() {}',
        'export { e };',
        "export { f } from './f.ts';",
        '/** First. */',
        'export function g(a: string): void;',
        'export function g(a: number): void;',
        'export function g() {}',
      ].join('\n'),
      'packages/a/src/a.test.ts': 'export const a = 1;',
    },
    finds: ['3 b', '5 c', '7 D', '8 e'].map((one) => `packages/a/src/a.ts:${one} has no doc comment`),
  },
  {
    claim: 'templates are data: no function, no class',
    check: checkTemplates,
    planted: {
      [`${productRoot}templates/a.ts`]:
        'export const a = { via: [{ date: {} }] };\nexport const b = [() => 1];',
      [`${productRoot}templates/b.ts`]: 'export type F = () => void;\nexport const a = { b() {} };',
    },
    finds: ['a.ts:2', 'b.ts:2'].map(
      (at) => `${productRoot}templates/${at} a template holds data, not functions`,
    ),
  },
];
