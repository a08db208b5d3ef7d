import { readFileSync } from 'node:fs';
import type { Attribute, CategoryKind, CuratedCategory } from './model.ts';
import { type Tree, within } from './tree.ts';

/** What we wrote about categories, ready to be asked by position in the tree. */
export interface Curation {
  /** Position -> what we wrote. */
  readonly at: ReadonlyMap<number, CuratedCategory>;
  /** Positions of the subtrees that are sensitive as a whole. */
  readonly sensitive: readonly number[];
}

/** schema.org itemCondition: a thing for sale is new, used or refurbished unless we wrote otherwise. */
const ITEM_CONDITION: Attribute = {
  key: 'itemCondition',
  label: 'Condition',
  kind: 'choice',
  values: ['new', 'used', 'refurbished'],
};

/** Attributes that mean the same for almost anything, so that few relatives are enough to lend them. */
const GENERAL = new Set(
  'brand color depth educationalLevel height itemCondition model suggestedGender weight width'.split(' '),
);
/** So many relatives must share any other attribute: one apple says nothing about potatoes. */
const LENDERS = 3;

/** @throws Error when a row names a category that does not exist, which is a broken release. */
export function readCuration(tree: Tree): Curation {
  // Our own files; a test checks every row of them.
  const curated = readData(new URL('./data/curated.json', import.meta.url)) as CuratedCategory[];
  // As above.
  const sensitive = readData(new URL('./data/sensitive.json', import.meta.url)) as {
    readonly id: string;
    readonly why: string;
  }[];
  return {
    at: new Map(curated.map((row) => [positionOf(tree, row.id), row])),
    sensitive: sensitive.map((row) => positionOf(tree, row.id)),
  };
}

function readData(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function positionOf(tree: Tree, id: string): number {
  const position = tree.position.get(id);
  if (position === undefined) throw new Error(`categories: our data names ${id}, which does not exist`);
  return position;
}

/** True when we marked the category, or a subtree it lies in. */
export function isSensitive(tree: Tree, curation: Curation, index: number): boolean {
  return (
    curation.at.get(index)?.sensitive === true ||
    curation.sensitive.some((subtree) => within(tree, index, subtree))
  );
}

/**
 * Attributes of a category: what we wrote; else what more than half of its nearest relatives share, the nearest
 * being those under the lowest category above it that has any. Goods begin with itemCondition.
 */
export function attributesAt(
  tree: Tree,
  curation: Curation,
  index: number,
  kind: CategoryKind,
): readonly Attribute[] {
  const own = curation.at.get(index)?.attributes ?? sharedByRelatives(tree, curation, index);
  if (kind === 'service') return own.filter((attribute) => attribute.key !== 'itemCondition');
  const condition = own.find((attribute) => attribute.key === 'itemCondition') ?? ITEM_CONDITION;
  return [condition, ...own.filter((attribute) => attribute.key !== 'itemCondition')];
}

function sharedByRelatives(tree: Tree, curation: Curation, index: number): readonly Attribute[] {
  for (let at = index; at >= 0; at = tree.parent[at] ?? -1) {
    const relatives = [...curation.at]
      .filter(([position]) => within(tree, position, at))
      .map(([, row]) => row);
    if (relatives.length > 0) return shared(relatives);
  }
  return [];
}

/** What more than half have with one meaning; choices are put together in the order they appear. */
function shared(relatives: readonly CuratedCategory[]): readonly Attribute[] {
  const groups = new Map<string, Attribute[]>();
  for (const attribute of relatives.flatMap((row) => row.attributes)) {
    const meaning = `${attribute.key} ${attribute.kind} ${attribute.kind === 'number' ? (attribute.unit ?? '') : ''}`;
    groups.set(meaning, [...(groups.get(meaning) ?? []), attribute]);
  }
  const common = [...groups.values()].filter(
    ([first, ...rest]) =>
      (rest.length + 1) * 2 > relatives.length &&
      (rest.length + 1 >= LENDERS || GENERAL.has(first?.key ?? '')),
  );
  return common.flatMap((group): Attribute[] => {
    const values = group.flatMap((attribute) => (attribute.kind === 'choice' ? attribute.values : []));
    return group
      .slice(0, 1)
      .map((first) => (first.kind === 'choice' ? { ...first, values: [...new Set(values)] } : first));
  });
}
