import { LABEL_WORTH, type Label, type LabelKind, labelOfSynonym, labelsOfName } from './labels.ts';
import type { Tree } from './tree.ts';
import { meaning } from './words.ts';

const KINDS: readonly LabelKind[] = ['name', 'synonym', 'part'];

/** Labels and where each stem occurs, in typed arrays: some 15,000 labels in under a megabyte. */
export interface SearchIndex {
  readonly tree: Tree;
  /** stem -> its number */
  readonly stems: ReadonlyMap<string, number>;
  /** How much a stem tells, by number: the rarer, the more. */
  readonly weight: Float64Array;
  /** Stem numbers of label `l`: labelStems[labelAt[l] .. labelAt[l + 1]]. */
  readonly labelAt: Uint32Array;
  readonly labelStems: Uint16Array;
  /** Position in the tree of the category that label `l` calls. */
  readonly labelNode: Uint16Array;
  readonly labelWorth: Float64Array;
  /** Labels in which stem `s` occurs: uses[usesAt[s] .. usesAt[s + 1]]. */
  readonly usesAt: Uint32Array;
  readonly uses: Uint16Array;
  /** Sum of the weights of all words in the names above a category. */
  readonly pathWeight: Float64Array;
}

/** @param synonyms of a category, by id */
export function buildSearchIndex(tree: Tree, synonyms: (id: string) => readonly string[]): SearchIndex {
  const stems = new Map<string, number>();
  const numberOf = (stem: string): number => {
    const known = stems.get(stem);
    if (known !== undefined) return known;
    stems.set(stem, stems.size);
    return stems.size - 1;
  };
  const meaningOf = remember(meaning);
  const at: number[] = [0];
  const flat: number[] = [];
  const node: number[] = [];
  const kind: number[] = [];
  const nameLabel = new Uint16Array(tree.ids.length);
  const add = (label: Label, category: number): void => {
    if (label.kind === 'name') nameLabel[category] = node.length;
    for (const stem of label.stems) flat.push(numberOf(stem));
    at.push(flat.length);
    node.push(category);
    kind.push(KINDS.indexOf(label.kind));
  };
  for (const [category, name] of tree.names.entries()) {
    for (const label of labelsOfName(name, meaningOf)) add(label, category);
    for (const synonym of synonyms(tree.ids[category] ?? ''))
      add(labelOfSynonym(synonym, meaningOf), category);
  }
  if (stems.size > 65_535 || node.length > 65_535) throw new Error('categories: too many words for 16 bits');
  const labelAt = new Uint32Array(at);
  const labelStems = new Uint16Array(flat);
  const { usesAt, uses } = invert(labelAt, labelStems, stems.size);
  const weight = Float64Array.from({ length: stems.size }, (_, stem) =>
    Math.log(1 + node.length / ((usesAt[stem + 1] ?? 0) - (usesAt[stem] ?? 0))),
  );
  const labelWorth = Float64Array.from(kind, (which) => LABEL_WORTH[KINDS[which] ?? 'part']);
  const pathWeight = sumAbove(tree, (category) => {
    const label = nameLabel[category] ?? 0;
    let sum = 0;
    for (let i = labelAt[label] ?? 0; i < (labelAt[label + 1] ?? 0); i++)
      sum += weight[labelStems[i] ?? 0] ?? 0;
    return sum;
  });
  const labelNode = new Uint16Array(node);
  return { tree, stems, weight, labelAt, labelStems, labelNode, labelWorth, usesAt, uses, pathWeight };
}

function remember(ask: (typed: string) => string): (typed: string) => string {
  const known = new Map<string, string>();
  return (typed) => {
    const before = known.get(typed);
    if (before !== undefined) return before;
    const answer = ask(typed);
    known.set(typed, answer);
    return answer;
  };
}

/** Turns "stems of a label" into "labels of a stem", each label once: count, then fill. */
function invert(labelAt: Uint32Array, labelStems: Uint16Array, count: number) {
  const usesAt = new Uint32Array(count + 1);
  const pairs = (use: (stem: number, label: number) => void): void => {
    for (let label = 0; label + 1 < labelAt.length; label++) {
      const from = labelAt[label] ?? 0;
      for (let i = from; i < (labelAt[label + 1] ?? 0); i++) {
        const stem = labelStems[i] ?? 0;
        if (labelStems.indexOf(stem, from) === i) use(stem, label);
      }
    }
  };
  pairs((stem) => {
    usesAt[stem + 1] = (usesAt[stem + 1] ?? 0) + 1;
  });
  for (let stem = 0; stem < count; stem++) usesAt[stem + 1] = (usesAt[stem + 1] ?? 0) + (usesAt[stem] ?? 0);
  const uses = new Uint16Array(usesAt[count] ?? 0);
  const next = usesAt.slice();
  pairs((stem, label) => {
    const at = next[stem] ?? 0;
    uses[at] = label;
    next[stem] = at + 1;
  });
  return { usesAt, uses };
}

function sumAbove(tree: Tree, own: (category: number) => number): Float64Array {
  const sums = new Float64Array(tree.ids.length);
  for (let category = 0; category < sums.length; category++) {
    const parent = tree.parent[category] ?? -1;
    if (parent >= 0) sums[category] = (sums[parent] ?? 0) + own(parent);
  }
  return sums;
}
