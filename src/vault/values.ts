import { entryOf, isFile, orderOf } from './catalogue.ts';
import { fold } from './fold.ts';
import type { Content, Head, Kind } from './model.ts';

/** What lists and searches need of an item; `fingerprint` is the hash of what `sameness` says. */
export function headOf(id: string, content: Content, trashedAt: number | null, fingerprint: string): Head {
  const { property, label, tags } = content;
  return {
    id,
    property,
    place: placeOf(property, label),
    search: searchText(content, entryOf(property).kind),
    fingerprint,
    tags,
    trashedAt,
  };
}

/** The same for values that differ only in case, spaces, or how a number is grouped. */
export function sameness(property: string, value: string): string {
  const plain = value.normalize('NFKC').toLowerCase();
  const same =
    entryOf(property).kind === 'phone'
      ? plain.replaceAll(/[^0-9+*#a-z]/g, '')
      : plain.replaceAll(/[\s,]+/g, ' ').trim();
  return `${property}\u0000${same}`;
}

function searchText(content: Content, kind: Kind): string {
  const { label, note = '', tags } = content;
  // The value of a file is for devices, and nothing that somebody looks for.
  const value = isFile(content.property) ? '' : content.value;
  const digits = kind === 'phone' ? value.replaceAll(/[^0-9]/g, '') : '';
  return fold([label, value, ...tags, note, digits].join(' '));
}

/** Where something stands in lists. */
export function placeOf(property: string, label: string): string {
  return `${String(orderOf(property)).padStart(3, '0')} ${fold(label).slice(0, 60)}`;
}
