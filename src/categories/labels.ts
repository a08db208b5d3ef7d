import { meaning, stemsOf } from './words.ts';

/** How a label came about; a name as a whole counts a little more than its parts. */
export const LABEL_WORTH = { name: 1, synonym: 1, part: 0.95 } as const;
export type LabelKind = keyof typeof LABEL_WORTH;

/** One way to call a category. The last stem is what it is; those before it say which. */
export interface Label {
  readonly stems: readonly string[];
  readonly kind: LabelKind;
}

/**
 * The labels of a taxonomy name: the whole, and the things it lists. "Printers, Copiers & Fax Machines" is three
 * things; in "Mobile & Smart Phones" the first word is not a plural and takes its noun from the end, so it is
 * mobile phones and smart phones.
 */
export function labelsOfName(name: string, meaningOf: typeof meaning = meaning): Label[] {
  const whole = stemsOf(name, meaningOf);
  const found: Label[] = [{ stems: whole, kind: 'name' }];
  if (!/[,&(/]| and | or /.test(name)) return found;
  const add = (text: string, noun?: string): void => {
    const stems = stemsOf(text, meaningOf);
    if (noun !== undefined && stems.at(-1) !== noun) stems.push(noun);
    if (stems.length > 0 && !found.some((label) => same(label.stems, stems)))
      found.push({ stems, kind: 'part' });
  };
  const aside = /^(.*?)\s*\(([^)]*)\)\s*(.*)$/.exec(name);
  if (aside) {
    add(`${aside[1]} ${aside[3]}`);
    add(`${aside[2]} ${aside[3]}`);
  }
  const parts = name.split(/\s*,\s*(?:&\s+|and\s+)?|\s+(?:&|and|or|\/)\s+/).filter((part) => part !== '');
  if (parts.length > 1) {
    const noun = whole.at(-1);
    for (const part of parts) add(part, /s$/i.test(part) || part === parts.at(-1) ? undefined : noun);
  }
  return found;
}

/** The label of a synonym, which is always meant as a whole. */
export function labelOfSynonym(synonym: string, meaningOf: typeof meaning = meaning): Label {
  return { stems: stemsOf(synonym, meaningOf), kind: 'synonym' };
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((stem, index) => stem === other[index]);
}
