import type { ESTree } from 'vite';
import { type Module, resolveFrom } from './parse.ts';

/** One import, re-export, dynamic import or `new URL(…, import.meta.url)`. */
export interface Import {
  readonly specifier: string;
  /** A path in the repository, or undefined for a package. */
  readonly target: string | undefined;
  readonly isType: boolean;
  /** Names taken from the target; `*` for all of them. */
  readonly names: readonly string[];
  /** For a re-export: the names it gets here, in the order of `names`; `*` for the same names. */
  readonly exportedAs?: readonly string[];
  readonly line: number;
}

/** All imports of a module, in the order of the text. */
export function importsOf(module: Module): Import[] {
  return module.nodes.flatMap((node) => {
    const found = importIn(node);
    if (!found) return [];
    const { specifier } = found;
    return [{ ...found, target: resolveFrom(module.path, specifier), line: module.lineAt(node.start) }];
  });
}

function importIn(node: ESTree.Node): Omit<Import, 'target' | 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: node.source.value, ...ofImport(node) };
    case 'ExportAllDeclaration': {
      const exportedAs = [node.exported ? nameOf(node.exported) : '*'];
      return { specifier: node.source.value, isType: node.exportKind === 'type', names: ['*'], exportedAs };
    }
    case 'ExportNamedDeclaration':
      return node.source ? { specifier: node.source.value, ...ofReExport(node) } : undefined;
    case 'TSImportType':
      return { specifier: node.source.value, isType: true, names: ['*'] };
    case 'ImportExpression':
      return whole(node.source);
    case 'NewExpression': {
      const isUrl = node.callee.type === 'Identifier' && node.callee.name === 'URL';
      const found = isUrl ? whole(node.arguments[0]) : undefined;
      return found?.specifier.startsWith('.') ? found : undefined;
    }
    default:
      return undefined;
  }
}

function whole(node: ESTree.Node | undefined): Omit<Import, 'target' | 'line'> | undefined {
  if (node?.type !== 'Literal' || typeof node.value !== 'string') return undefined;
  return { specifier: node.value, isType: false, names: ['*'] };
}

function ofImport(node: ESTree.ImportDeclaration) {
  const isTypeOnly = node.specifiers.every(
    (it) => it.type === 'ImportSpecifier' && (it.importKind === 'type' || node.importKind === 'type'),
  );
  return {
    isType: node.importKind === 'type' || (node.specifiers.length > 0 && isTypeOnly),
    names: node.specifiers.map((it) => {
      if (it.type === 'ImportNamespaceSpecifier') return '*';
      return it.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(it.imported);
    }),
  };
}

function ofReExport(node: ESTree.ExportNamedDeclaration) {
  return {
    isType: node.exportKind === 'type' || node.specifiers.every((it) => it.exportKind === 'type'),
    names: node.specifiers.map((it) => nameOf(it.local)),
    exportedAs: node.specifiers.map((it) => nameOf(it.exported)),
  };
}

export function nameOf(node: ESTree.ModuleExportName): string {
  return node.type === 'Literal' ? node.value : node.name;
}
