import type { ItemCategory } from '../../api/shapes.ts';

export const CATEGORIES: readonly ItemCategory[] = [
  'contact',
  'address',
  'size',
  'preference',
  'note',
  'other',
];

/** The kind that an address names; files have a page of their own, and are kept like any other kind. */
export function keptKindOf(text: string | null): ItemCategory | undefined {
  return text === 'file' ? text : kindOf(text);
}

/** The kind of items that an address names. */
export function kindOf(text: string | null): ItemCategory | undefined {
  return CATEGORIES.find((one) => one === text);
}
