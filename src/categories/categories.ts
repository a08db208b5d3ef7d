import { attributesAt, type Curation, isSensitive, readCuration } from './curated.ts';
import type { Categories, Category, CategoryKind } from './model.ts';
import { searchCategories } from './search.ts';
import { buildSearchIndex, type SearchIndex } from './search-index.ts';
import { above, below, readTree, type Tree, within } from './tree.ts';

/** Roots whose subtrees are work and not things: the taxonomy's own services and ours. */
const SERVICE_ROOTS = new Set(['se', 'sv']);

/**
 * Loads the categories; open them once and hand them on. Reads the taxonomy package and the files in `data/`. The
 * search index, the costlier half, is built by the first search.
 */
export function openCategories(): Categories {
  const tree = readTree();
  const curation = readCuration(tree);
  const synonymsOf = (id: string): readonly string[] =>
    curation.at.get(tree.position.get(id) ?? -1)?.synonyms ?? [];
  let index: SearchIndex | undefined;
  const idAt = (position: number): string => tree.ids[position] ?? '';
  const at = (id: string): number => tree.position.get(id) ?? -1;
  return {
    version: tree.version,
    size: tree.ids.length,
    get: (id) => describe(tree, curation, at(id)),
    roots: () => below(tree, -1).map(idAt),
    parent: (id) => tree.ids[tree.parent[at(id)] ?? -1],
    ancestors: (id) => above(tree, at(id)).map(idAt),
    children: (id) => (at(id) < 0 ? [] : below(tree, at(id)).map(idAt)),
    isWithin: (id, ancestorId) => within(tree, at(id), at(ancestorId)),
    order: (id) => tree.position.get(id),
    range: (id) => (at(id) < 0 ? undefined : { from: at(id), to: tree.end[at(id)] ?? 0 }),
    attributesOf: (id) => (at(id) < 0 ? [] : attributesAt(tree, curation, at(id), kindAt(tree, at(id)))),
    search: (words, limit) => {
      index ??= buildSearchIndex(tree, synonymsOf);
      return searchCategories(index, words, limit);
    },
  };
}

function kindAt(tree: Tree, position: number): CategoryKind {
  return SERVICE_ROOTS.has(tree.ids[above(tree, position).at(-1) ?? position] ?? '') ? 'service' : 'goods';
}

function describe(tree: Tree, curation: Curation, position: number): Category | undefined {
  const id = tree.ids[position];
  const name = tree.names[position];
  if (id === undefined || name === undefined) return undefined;
  const curated = curation.at.get(position);
  return {
    id,
    name,
    path: [position, ...above(tree, position)]
      .map((step) => tree.names[step])
      .reverse()
      .join(' > '),
    kind: kindAt(tree, position),
    leaf: tree.end[position] === position + 1,
    sensitive: isSensitive(tree, curation, position),
    synonyms: curated?.synonyms ?? [],
    ...(curated ? { price: curated.price } : {}),
  };
}
