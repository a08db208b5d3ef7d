import type { Category } from '../src/vault/model.ts';

/** As the pages name the kinds of what somebody keeps (web/i18n/en/data.ts). */
const KINDS: Readonly<Record<Category, string>> = {
  contact: 'Contact',
  address: 'Addresses',
  size: 'Sizes',
  preference: 'Preferences',
  note: 'Notes',
  other: 'Other',
  file: 'Files',
};

/** All that somebody keeps of one kind, in a sentence. */
export function allOfKind(category: Category): string {
  return `what you keep under “${KINDS[category]}”`;
}
