import ts from 'typescript';

/** True when the identifier reads a name that no declaration around it gives: a global. */
export function isGlobal(identifier: ts.Identifier): boolean {
  if (!isRead(identifier)) return false;
  for (let node: ts.Node = identifier.parent; ; node = node.parent) {
    if (declares(node, identifier.text)) return false;
    if (ts.isSourceFile(node)) return true;
  }
}

/** False for names that are only written there: a property, a key, a declaration, a type. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent))
    return parent.expression === node || isGlobalThis(parent.expression);
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isTypeNode(parent) || ts.isQualifiedName(parent)) return false;
  return !('name' in parent && parent.name === node) || ts.isShorthandPropertyAssignment(parent);
}

function isGlobalThis(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && node.text === 'globalThis';
}

function declares(scope: ts.Node, name: string): boolean {
  if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => binds(parameter.name, name)))
    return true;
  if (ts.isCatchClause(scope) && scope.variableDeclaration)
    return binds(scope.variableDeclaration.name, name);
  if (isLoop(scope)) return scope.initializer !== undefined && declaresIn(scope.initializer, name);
  if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) return false;
  return scope.statements.some((statement) => declaredBy(statement, name));
}

function isLoop(node: ts.Node): node is ts.ForStatement | ts.ForOfStatement | ts.ForInStatement {
  return ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node);
}

function declaredBy(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) return declaresIn(statement.declarationList, name);
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name?.text === name;
  }
  if (!ts.isImportDeclaration(statement)) return false;
  const clause = statement.importClause;
  const named = clause?.namedBindings;
  if (clause?.name?.text === name) return true;
  if (named === undefined) return false;
  return ts.isNamespaceImport(named)
    ? named.name.text === name
    : named.elements.some((element) => element.name.text === name);
}

function declaresIn(list: ts.Node, name: string): boolean {
  return (
    ts.isVariableDeclarationList(list) &&
    list.declarations.some((declaration) => binds(declaration.name, name))
  );
}

function binds(binding: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(binding)) return binding.text === name;
  return binding.elements.some((element) => ts.isBindingElement(element) && binds(element.name, name));
}
