import type { ESTree } from 'vite';
import { importsOf, nameOf } from './imports.ts';
import { isTestSupport } from './layers.ts';
import type { Module } from './parse.ts';

const PURE_BUILTINS = new Set(['node:crypto', 'node:util', 'node:buffer', 'node:assert']);
const IMPURE_PACKAGES = /^(kysely|pg|hono|@hono\/.*|vite|playwright-core)(\/|$)/;
const IMPURE_FOLDERS = /^src\/(storage|delivery|doors)\//;
const IMPURE_FILES = /(^|\/)([a-z-]+-)?store\.ts$/;

/**
 * Rules decide and touch nothing: neither they nor the files of their own room that they use import anything that
 * reads, writes or waits. Types may come from anywhere.
 */
export function impureRules(modules: readonly Module[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  return modules
    .filter(({ path }) => path.startsWith('src/') && /(^|\/|-)rules\.ts$/.test(path))
    .flatMap((rules) => impureFrom(rules, byPath));
}

function impureFrom(rules: Module, byPath: ReadonlyMap<string, Module>): string[] {
  const room = rules.path.slice(0, rules.path.lastIndexOf('/') + 1);
  const seen = new Set<string>();
  const found: string[] = [];
  const follow = (module: Module) => {
    if (seen.has(module.path)) return;
    seen.add(module.path);
    for (const it of importsOf(module)) {
      if (it.isType) continue;
      if (isImpure(it.target, it.specifier)) {
        found.push(`${rules.path} is not pure: ${module.path}:${it.line} imports ${it.specifier}`);
      }
      const next = it.target?.startsWith(room) ? byPath.get(it.target) : undefined;
      if (next) follow(next);
    }
  };
  follow(rules);
  return found;
}

function isImpure(target: string | undefined, specifier: string): boolean {
  if (target !== undefined) return IMPURE_FOLDERS.test(target) || IMPURE_FILES.test(target);
  if (specifier.startsWith('node:')) return !PURE_BUILTINS.has(specifier);
  return IMPURE_PACKAGES.test(specifier);
}

/** Only src/config.ts reads the environment. */
export function environmentReaders(modules: readonly Module[]): string[] {
  return modules
    .filter(({ path }) => path.startsWith('src/') && path !== 'src/config.ts' && !isTestSupport(path))
    .flatMap((module) =>
      module.nodes
        .filter(readsEnvironment)
        .map((node) => `${module.path}:${module.lineAt(node.start)} reads the environment`),
    );
}

function readsEnvironment(node: ESTree.Node): boolean {
  if (node.type === 'ImportSpecifier') return nameOf(node.imported) === 'env';
  if (node.type !== 'MemberExpression') return false;
  const { object, property } = node;
  const isProcess =
    (object.type === 'Identifier' && object.name === 'process') ||
    (object.type === 'MemberExpression' &&
      object.property.type === 'Identifier' &&
      object.property.name === 'process');
  const isEnv = node.computed
    ? property.type === 'Literal' && property.value === 'env'
    : property.type === 'Identifier' && property.name === 'env';
  return isProcess && isEnv;
}
