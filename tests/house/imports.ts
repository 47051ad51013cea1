import { posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** A path from the top of the project, or the name of a package. */
  readonly target: string;
  readonly isPackage: boolean;
  /** Whether nothing is loaded by it. */
  readonly isType: boolean;
  readonly line: number;
}

/** Every import of a source file: static, dynamic, re-exported, or named inside a type. */
export function importsOf(path: string, source: string): Import[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node, isType: boolean) => {
    if (!ts.isStringLiteralLike(specifier)) return;
    found.push({
      target: resolve(path, specifier.text),
      isPackage: !specifier.text.startsWith('.') && !specifier.text.startsWith('node:'),
      isType,
      line: file.getLineAndCharacterOfPosition(specifier.getStart(file)).line + 1,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    } else if (ts.isCallExpression(node) && isLoader(node.expression)) {
      const [specifier] = node.arguments;
      if (specifier) add(specifier, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  return importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

const isLoader = (node: ts.Expression) =>
  node.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node) && node.text === 'require');

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier;
}
