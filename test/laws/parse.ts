import { posix } from 'node:path';
import { type ESTree, parseSync } from 'vite';
import type { Sources } from './repository.ts';

export interface Module {
  readonly path: string;
  readonly text: string;
  /** Both ends of a comment, in lines. */
  readonly comments: readonly { readonly first: number; readonly last: number; readonly text: string }[];
  /** Every node, in the order of the text. */
  readonly nodes: readonly ESTree.Node[];
  /** The line, from 1, that holds this offset. */
  lineAt(offset: number): number;
}

/** Parses code; throws when it is none. */
function parseModule(path: string, text: string): Module {
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const lineAt = (offset: number) => {
    let low = 0;
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  return {
    path,
    text,
    nodes: nodesUnder(program),
    lineAt,
    comments: comments.map((comment) => ({
      first: lineAt(comment.start),
      last: lineAt(comment.end),
      text: comment.value,
    })),
  };
}

export function parseAll(sources: Sources): Module[] {
  return [...sources].map(([path, text]) => parseModule(path, text));
}

function nodesUnder(root: ESTree.Node): ESTree.Node[] {
  const nodes: ESTree.Node[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('type' in value) nodes.push(value as ESTree.Node); // in a syntax tree only nodes have a type
    Object.values(value).forEach(collect);
  };
  collect(root);
  return nodes;
}

/** Where a relative specifier leads, as a path in the repository; undefined for a package. */
export function resolveFrom(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(path), specifier.replace(/[?#].*$/, ''));
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('test/');
}
