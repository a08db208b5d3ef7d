import type { ESTree } from 'vite';
import { importsOf } from './imports.ts';
import { isTestSupport } from './layers.ts';
import { isTest, type Module } from './parse.ts';

const GLOBALS = new Set(['fetch', 'setTimeout', 'setInterval']);

const MEMBERS = new Set([
  ...[
    'Date.now',
    'Math.random',
    'performance.now',
    'performance.timeOrigin',
    'process.hrtime',
    'process.uptime',
  ],
  ...['AbortSignal.timeout', 'Temporal.Now'],
  ...['crypto.randomUUID', 'crypto.randomBytes', 'crypto.getRandomValues', 'crypto.randomInt'],
  ...['globalThis.fetch', 'globalThis.setTimeout', 'globalThis.setInterval'],
]);

/** By module: what it hands out that is time or chance; `*` for all of it. */
const IMPORTED: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': [
    ...['randomUUID', 'randomBytes', 'randomInt', 'randomFill', 'randomFillSync', 'getRandomValues'],
    ...['generateKey', 'generateKeySync', 'generateKeyPair', 'generateKeyPairSync', 'webcrypto'],
  ],
  'node:timers': ['setTimeout', 'setInterval', '*'],
  'node:timers/promises': ['setTimeout', 'setInterval', 'scheduler', '*'],
  'node:perf_hooks': ['performance', '*'],
  undici: ['*', 'fetch', 'request'],
};

/** Time, ids, randomness and the network come as arguments everywhere outside the kernel. */
export function uninvitedTimeAndChance(modules: readonly Module[]): string[] {
  return modules
    .filter(({ path }) => /^(src|device)\//.test(path) && !path.startsWith('src/kernel/'))
    .filter(({ path }) => !isTest(path) && !isTestSupport(path))
    .flatMap(usesIn);
}

function usesIn(module: Module): string[] {
  const used = module.nodes.flatMap((node) => {
    const what = useIn(node);
    return what === undefined ? [] : [{ what, start: node.start }];
  });
  const imported = importsOf(module).flatMap((it) => {
    const banned = it.isType ? [] : (IMPORTED[it.specifier] ?? []);
    return it.names
      .filter((name) => banned.includes(name))
      .map((name) => `${module.path}:${it.line} imports ${name} from ${it.specifier}`);
  });
  const uses = [...used, ...globalsUsed(module)].map(
    (it) => `${module.path}:${module.lineAt(it.start)} uses ${it.what}`,
  );
  return [...new Set([...uses, ...imported])];
}

function useIn(node: ESTree.Node): string | undefined {
  if (node.type === 'MemberExpression') {
    const name = memberName(node);
    return name !== undefined && MEMBERS.has(name) ? name : undefined;
  }
  if (node.type === 'NewExpression' && isNamed(node.callee, 'Date') && node.arguments.length === 0) {
    return 'new Date()';
  }
  return node.type === 'CallExpression' && isNamed(node.callee, 'Date') ? 'Date()' : undefined;
}

function memberName(node: ESTree.MemberExpression): string | undefined {
  if (node.object.type !== 'Identifier') return undefined;
  const { property } = node;
  if (!node.computed)
    return property.type === 'Identifier' ? `${node.object.name}.${property.name}` : undefined;
  return property.type === 'Literal' ? `${node.object.name}.${property.value}` : undefined;
}

function isNamed(node: ESTree.Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** Uses of the global names; a file that declares such a name itself means its own. */
function globalsUsed(module: Module): { readonly what: string; readonly start: number }[] {
  const declared = new Set(module.nodes.flatMap(declaredIn));
  const elsewhere = new Set(module.nodes.flatMap(namesOfMembers));
  return module.nodes.flatMap((node) => {
    const isUse = node.type === 'Identifier' && GLOBALS.has(node.name) && !elsewhere.has(node.start);
    return isUse && !declared.has(node.name) ? [{ what: node.name, start: node.start }] : [];
  });
}

/** Where an identifier is only the name of a member, or part of a type. */
function namesOfMembers(node: ESTree.Node): number[] {
  switch (node.type) {
    case 'MemberExpression':
      return node.computed ? [] : [node.property.start];
    case 'Property':
      return node.computed || node.shorthand ? [] : [node.key.start];
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return node.computed ? [] : [node.key.start];
    case 'ImportSpecifier':
      return [node.imported.start];
    case 'TSTypeQuery':
      return [node.exprName.start];
    default:
      return [];
  }
}

function declaredIn(node: ESTree.Node): string[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return boundNames(node.id);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.params.flatMap(boundNames);
    case 'ImportSpecifier':
      return [node.local.name];
    default:
      return [];
  }
}

/** The names a pattern binds. */
function boundNames(node: ESTree.Node): string[] {
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'AssignmentPattern') return boundNames(node.left);
  if (node.type === 'RestElement') return boundNames(node.argument);
  if (node.type === 'ArrayPattern') return node.elements.flatMap((it) => (it ? boundNames(it) : []));
  if (node.type !== 'ObjectPattern') return [];
  return node.properties.flatMap((it) => boundNames(it.type === 'Property' ? it.value : it));
}
