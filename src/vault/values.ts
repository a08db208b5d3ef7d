import { hashId, toUtf8 } from '../kernel/bytes.ts';
import { entryOf, orderOf } from './catalogue.ts';
import { fold } from './fold.ts';
import { AddressParts, type Content, type ItemRow, type Kind } from './model.ts';

/** The columns in which content, and what is worked out from it, is kept. */
type StoredContent = Pick<
  ItemRow,
  'property' | 'category' | 'label' | 'value' | 'parts' | 'note' | 'tags' | 'search' | 'fingerprint' | 'place'
>;

/**
 * The one place where content goes into rows, and with `readContent` the one where it comes out again. It is kept
 * as plain text, and so are the columns worked out from it: whoever can read the database can read My data.
 * Encryption at rest, when it comes, is a change of this module.
 */
export function storeContent(content: Content): StoredContent {
  const entry = entryOf(content.property);
  return {
    property: content.property,
    category: entry.category,
    label: content.label,
    value: content.value,
    parts: content.parts ? JSON.stringify(content.parts) : null,
    note: content.note ?? null,
    tags: JSON.stringify(content.tags),
    search: searchText(content, entry.kind),
    fingerprint: fingerprint(content.property, content.value),
    place: placeOf(content.property, content.label),
  };
}

type Kept = Pick<ItemRow, 'label' | 'value' | 'parts' | 'note' | 'tags'>;

export function readContent(row: Kept): Omit<Content, 'property'> {
  const parts = row.parts === null ? undefined : AddressParts.parse(JSON.parse(row.parts));
  const tags: string[] = JSON.parse(row.tags); // storeContent wrote it
  return { label: row.label, value: row.value, parts, note: row.note ?? undefined, tags };
}

/** The same for values that differ only in case, spaces, or how a number is grouped. */
export function fingerprint(property: string, value: string): string {
  const plain = value.normalize('NFKC').toLowerCase();
  const same =
    entryOf(property).kind === 'phone'
      ? plain.replaceAll(/[^0-9+*#a-z]/g, '')
      : plain.replaceAll(/[\s,]+/g, ' ').trim();
  return hashId(toUtf8(`${property}\u0000${same}`));
}

function searchText(content: Content, kind: Kind): string {
  const { label, value, note = '', tags } = content;
  const digits = kind === 'phone' ? value.replaceAll(/[^0-9]/g, '') : '';
  return fold([label, value, ...tags, note, digits].join(' '));
}

function placeOf(property: string, label: string): string {
  return `${String(orderOf(property)).padStart(3, '0')} ${fold(label).slice(0, 60)}`;
}
