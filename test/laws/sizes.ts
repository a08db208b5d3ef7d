import type { ESTree } from 'vite';
import { isTest, type Module } from './parse.ts';

const FILE_LINES = 300;
const FUNCTION_LINES = 70;

/** Files and functions that nobody takes in at one reading. */
export function oversized(modules: readonly Module[]): string[] {
  return modules.flatMap((module) => [...longFile(module), ...longFunctions(module)]);
}

function longFile({ path, text }: Module): string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > FILE_LINES ? [`${path} has ${lines} lines; ${FILE_LINES} are the most`] : [];
}

function longFunctions(module: Module): string[] {
  const groups = new Set(isTest(module.path) ? module.nodes.flatMap(bodiesOfGroups) : []);
  return module.nodes.filter(isFunction).flatMap((node) => {
    const first = module.lineAt(node.start);
    const lines = module.lineAt(node.end) - first + 1;
    if (lines <= FUNCTION_LINES || groups.has(node)) return [];
    return [`${module.path}:${first} is a function of ${lines} lines; ${FUNCTION_LINES} are the most`];
  });
}

/** A `describe` only holds tests, so its own length says nothing. */
function bodiesOfGroups(node: ESTree.Node): ESTree.Node[] {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return [];
  return ['describe', 'suite'].includes(node.callee.name) ? node.arguments.filter(isFunction) : [];
}

function isFunction(node: ESTree.Node): boolean {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);
}
