import type { ESTree } from 'vite';
import { type Import, importsOf, nameOf } from './imports.ts';
import type { Module } from './parse.ts';

/** Where programs begin; nobody needs to import these. */
const ENTRIES = [
  /^src\/(main|doors\/[^/]+\/main)\.ts$/,
  /\.test\.ts$/,
  /^scripts\/[^/]+\.(ts|mjs)$/,
  /^scripts\/testing\/reporter\.ts$/, // node:test loads it by its path
  /^test\/[^/]+\/main\.ts$/,
  /^test\/(simulation\/planted\/hook|histories\/hook|browser\/shift-clock)\.ts$/, // a child process is started with it
  /^bench\/[^/]+\.ts$/, // bench/main.ts loads them by name
  /^web\/(main\.tsx|vite\.config\.ts)$/,
];

/** Modules that no program, script, test or benchmark reaches. */
export function deadFiles(modules: readonly Module[]): string[] {
  const reached = reachedFiles(modules);
  return modules
    .filter(({ path }) => !reached.has(path))
    .map(({ path }) => `${path} is reached from nowhere`);
}

/** Exports of living modules that no other module takes, seen through re-exports. */
export function deadExports(modules: readonly Module[]): string[] {
  const reached = reachedFiles(modules);
  const imports = new Map(modules.map((module) => [module.path, importsOf(module)]));
  const used = usedNames(imports);
  return modules
    .filter(({ path }) => reached.has(path) && !isEntry(path))
    .flatMap((module) => {
      const names = used.get(module.path) ?? new Set<string>();
      if (names.has('*')) return [];
      return exportsOf(module, imports.get(module.path) ?? [])
        .filter((name) => !names.has(name))
        .map((name) => `${module.path} exports ${name}, which nobody else uses`);
    });
}

function reachedFiles(modules: readonly Module[]): Set<string> {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const reached = new Set<string>();
  const reach = (module: Module) => {
    if (reached.has(module.path)) return;
    reached.add(module.path);
    for (const { target } of importsOf(module)) {
      const next = target === undefined ? undefined : byPath.get(target);
      if (next) reach(next);
    }
  };
  for (const module of modules) if (isEntry(module.path)) reach(module);
  return reached;
}

/** By module: the names that others take from it. */
function usedNames(imports: ReadonlyMap<string, readonly Import[]>): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  const waiting: { readonly path: string; readonly name: string }[] = [];
  const use = (path: string | undefined, name: string) => {
    if (path === undefined || !imports.has(path)) return;
    const names = used.get(path) ?? new Set<string>();
    used.set(path, names);
    if (names.has(name)) return;
    names.add(name);
    waiting.push({ path, name });
  };
  for (const list of imports.values()) {
    for (const it of list) if (!it.exportedAs) for (const name of it.names) use(it.target, name);
  }
  // A name that is used here and comes from there is used there.
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, name } = next;
    for (const it of imports.get(path) ?? []) {
      it.exportedAs?.forEach((exported, i) => {
        if (exported === '*') use(it.target, name);
        else if (exported === name || name === '*') use(it.target, it.names[i] ?? '*');
      });
    }
  }
  return used;
}

/** Names a module exports, its own and passed-on ones (those of `export *` belong to the other module). */
function exportsOf(module: Module, imports: readonly Import[]): string[] {
  const passedOn = imports.flatMap((it) => it.exportedAs ?? []).filter((name) => name !== '*');
  const own = module.nodes.flatMap((node) => {
    if (node.type === 'ExportDefaultDeclaration') return ['default'];
    if (node.type !== 'ExportNamedDeclaration' || node.source) return [];
    const listed = node.specifiers.map((it) => nameOf(it.exported));
    return node.declaration ? [...listed, ...namesIn(node.declaration)] : listed;
  });
  return [...new Set([...own, ...passedOn])];
}

function namesIn(declaration: ESTree.Declaration): string[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap((it) => (it.id.type === 'Identifier' ? [it.id.name] : []));
  }
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
}

function isEntry(path: string): boolean {
  return ENTRIES.some((entry) => entry.test(path));
}
