import type { ESTree } from 'vite';
import type { Module } from './parse.ts';

/** Places where the types are told to look away. */
export function unexplained(modules: readonly Module[]): string[] {
  return modules.flatMap((module) => [
    ...module.nodes
      .filter((node) => node.type === 'TSAnyKeyword')
      .map((node) => `${module.path}:${module.lineAt(node.start)} says any`),
    ...module.comments
      .filter((comment) => /@ts-(ignore|nocheck|expect-error)/.test(comment.text))
      .map((comment) => `${module.path}:${comment.first} silences the type checker`),
    ...module.nodes
      .filter((node) => isCast(node) && !isExplained(module, node))
      .map((node) => `${module.path}:${module.lineAt(node.start)} is a cast without its reason beside it`),
  ]);
}

type Cast = ESTree.TSAsExpression | ESTree.TSTypeAssertion;

function isCast(node: ESTree.Node): node is Cast {
  if (node.type !== 'TSAsExpression' && node.type !== 'TSTypeAssertion') return false;
  const type = node.typeAnnotation;
  return !(
    type.type === 'TSTypeReference' &&
    type.typeName.type === 'Identifier' &&
    type.typeName.name === 'const'
  );
}

/** A comment on the line of the cast or of its type, or on the line before. */
function isExplained(module: Module, node: ESTree.Node): boolean {
  if (!isCast(node)) return true;
  const lines = [node.start, node.typeAnnotation.start, node.end].map((offset) => module.lineAt(offset));
  return module.comments.some(({ first, last }) =>
    lines.some((line) => first === line || last === line || last === line - 1),
  );
}
