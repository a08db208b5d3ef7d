import type { ItemCategory } from '../../api/shapes.ts';

export const CATEGORIES: readonly ItemCategory[] = [
  'contact',
  'address',
  'size',
  'preference',
  'note',
  'other',
];

/** The kind that an address names. */
export function kindOf(text: string | null): ItemCategory | undefined {
  return CATEGORIES.find((one) => one === text);
}
