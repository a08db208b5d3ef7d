import type { Module } from './parse.ts';

const HOOKS = new Set(['beforeEach', 'afterEach']);

/**
 * The quick tests run in one process, where a hook outside every `describe` would run around the tests of all
 * other files too.
 */
export function hooksForAll(modules: readonly Module[]): string[] {
  return modules
    .filter(({ path }) => path.endsWith('.test.ts'))
    .flatMap((module) =>
      module.nodes.flatMap((node) => {
        if (node.type !== 'Program') return [];
        return node.body.flatMap((statement) => {
          if (statement.type !== 'ExpressionStatement') return [];
          const call = statement.expression;
          if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return [];
          const { name } = call.callee;
          return HOOKS.has(name)
            ? [`${module.path}:${module.lineAt(call.start)} has a ${name} outside a describe`]
            : [];
        });
      }),
    );
}
