import { builtinModules } from 'node:module';
import { importsOf } from './imports.ts';
import type { Module } from './parse.ts';

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

/** Every dependency of the manifest, by name. */
export function dependenciesOf(manifest: string): string[] {
  const parsed: Manifest = JSON.parse(manifest);
  const { dependencies, devDependencies, optionalDependencies } = parsed;
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
}

/** Dependencies that ARCHITECTURE.md does not name; it says of each why it is that one. */
export function unexplainedDependencies(names: readonly string[], architecture: string): string[] {
  return names
    .filter(
      (name) => !new RegExp(`(?<![\\w@/.-])${name.replaceAll('.', '\\.')}(?![\\w/-])`).test(architecture),
    )
    .map((name) => `ARCHITECTURE.md does not name ${name}`);
}

/** Packages that are imported but come along only by chance, as another one's dependency. */
export function undeclaredImports(modules: readonly Module[], names: readonly string[]): string[] {
  return modules.flatMap((module) =>
    importsOf(module)
      .filter(({ specifier, target }) => target === undefined && isPackage(specifier))
      .filter(({ specifier }) => !names.includes(packageOf(specifier)))
      .map((it) => `${module.path}:${it.line} imports ${it.specifier}, which package.json does not list`),
  );
}

function isPackage(specifier: string): boolean {
  const isAddress = specifier.includes(':') || specifier.startsWith('/');
  return !isAddress && !builtinModules.includes(specifier);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
