import ts from 'typescript';
import { isTest, productRoot, typescriptFiles } from './rooms.ts';
import { codeLinesOf, linesOf, placeOf, syntaxOf, visitAll } from './syntax.ts';
import type { Findings, Rule, Tree, TreeFile } from './tree.ts';

const fileLines = 400;
const functionLines = 60;
const modelCodeLines = 1_000;

/** Holds nothing but data: types, and constants without a function, a class or a call in them. */
function isDataFile(file: TreeFile): boolean {
  let onlyData = syntaxOf(file).statements.every(isDataStatement);
  visitAll(syntaxOf(file), (node) => {
    if (hasBody(node) || ts.isClassLike(node)) onlyData = false;
    if (ts.isCallExpression(node) && node.expression.getText() !== 'Object.freeze') onlyData = false;
  });
  return onlyData;
}

function hasBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function isDataStatement(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement)) return (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  );
}

function linesIn(file: TreeFile): number {
  return file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0);
}

function checkFiles(tree: Tree): Findings {
  const files = typescriptFiles(tree);
  const long = files.filter((file) => linesIn(file) > fileLines && !isDataFile(file));
  return {
    looked: files.length,
    found: long.map((file) => `${file.path}:${fileLines} has ${linesIn(file)} lines, at most ${fileLines}`),
  };
}

/**
 * Headings of tests are no functions: the callback of `describe(...)`, and a function that holds nothing but tests, as
 * the suites in `test/conformance` do, which run once for each implementation. The tests inside are measured one by one.
 */
function isHeading(node: ts.FunctionLikeDeclaration): boolean {
  const call = node.parent;
  if (ts.isCallExpression(call) && /^describe\b/.test(call.expression.getText())) return true;
  const statements = node.body !== undefined && ts.isBlock(node.body) ? node.body.statements : [];
  return statements.length > 0 && statements.every(isTests);
}

function isTests(statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return false;
  return /^(?:describe|it|test)\b/.test(statement.expression.expression.getText());
}

function checkFunctions(tree: Tree): Findings {
  let looked = 0;
  const found: string[] = [];
  for (const file of typescriptFiles(tree)) {
    visitAll(syntaxOf(file), (node) => {
      if (!hasBody(node) || isHeading(node)) return;
      looked += 1;
      const lines = linesOf(file, node);
      if (lines > functionLines) found.push(`${placeOf(file, node)} a function of ${lines} lines`);
    });
  }
  return { looked, found };
}

/** The nouns and contracts; tables of data (`error-table.ts`) grow with the destination, not with the vocabulary. */
function checkModel(tree: Tree): Findings {
  const files = tree.files.filter(
    ({ path }) => path.startsWith(`${productRoot}model/`) && !isTest(path) && !path.endsWith('-table.ts'),
  );
  const lines = files.reduce((sum, file) => sum + codeLinesOf(file), 0);
  const found = lines < modelCodeLines ? [] : [`${productRoot}model has ${lines} lines of code`];
  return { looked: lines, found };
}

const planted = `${productRoot}base/`;
const blank = (count: number) => '\n'.repeat(count);

/** How long things may be. */
export const sizeRules: readonly Rule[] = [
  {
    claim: `no file is longer than ${fileLines} lines, unless it holds nothing but data`,
    check: checkFiles,
    planted: {
      [`${planted}long.ts`]: `export function a() {}${blank(400)}`,
      [`${planted}long-arrow.ts`]: `export const rows = [{ a: () => 1 }];${blank(401)}`,
      [`${planted}long-call.ts`]: `export const rows = make();${blank(401)}`,
      [`${planted}data.ts`]: `interface Row { a: 1 }\nexport const rows = [{ a: 1 }] as const;${blank(500)}`,
    },
    finds: [
      `${planted}long-arrow.ts:400 has 401 lines, at most 400`,
      `${planted}long-call.ts:400 has 401 lines, at most 400`,
    ],
  },
  {
    claim: `no function is longer than ${functionLines} lines`,
    check: checkFunctions,
    planted: {
      [`${planted}a.ts`]: `/**\n * Doc.\n */\nfunction a() {${blank(60)}}\nconst b = () => {${blank(59)}};`,
      [`${planted}a.test.ts`]: `describe('a', () => {${blank(90)}it('b', () => {${blank(60)}});\n});`,
      'test/suite.ts': `function suite() {${blank(90)}it('b', () => {\n});\n}\nfunction c() {${blank(60)}d();it('e');\n}`,
    },
    finds: [
      `${planted}a.ts:4 a function of 61 lines`,
      `${planted}a.test.ts:91 a function of 61 lines`,
      'test/suite.ts:94 a function of 62 lines',
    ],
  },
  {
    claim: `model/ stays under ${modelCodeLines} lines of code`,
    check: checkModel,
    planted: {
      [`${productRoot}model/a.ts`]: `/** Not\n * counted */\n\n// nor this\n${'export const a = {\n};\n'.repeat(500)}`,
      [`${productRoot}model/a.test.ts`]: 'f();\n'.repeat(50),
      [`${productRoot}model/a-table.ts`]: 'f();\n'.repeat(50),
    },
    finds: [`${productRoot}model has 1000 lines of code`],
  },
];
