import type { Category } from '../src/vault/model.ts';
import { toBase64url } from './octets.ts';

/** What everything sealed is called in the store, and which context it is sealed in. */

export const CATEGORIES = [
  ...([
    'contact',
    'address',
    'size',
    'preference',
    'note',
    'other',
    'file',
  ] as const satisfies readonly Category[]),
];

export const RECOVERY = 'way/recovery';
/** That of the next code, until the node knows it. */
export const NEXT_RECOVERY = 'way/recovery-next';
export const PASSPHRASE = 'way/passphrase/';
const PASSKEY = 'way/passkey/';

export const passphraseWay = (salt: Uint8Array): string => `${PASSPHRASE}${toBase64url(salt)}`;
export const passkeyWay = (passkey: string): string => `${PASSKEY}${passkey}`;
export const keyName = (category: string, epoch: number): string => `key/${category}/${epoch}`;
export const blockName = (category: string, block: number): string => `block/${category}/${block}`;
export const itemName = (id: string): string => `item/${id}`;
export const versionName = (id: string, version: number): string => `version/${id}/${version}`;

/** The category and number in the name of a key or a block; undefined when it is neither. */
export function placeIn(name: string): { category: Category; number: number } | undefined {
  const [, category, number] = /^(?:key|block)\/([a-z]+)\/([1-9]\d{0,8})$/.exec(name) ?? [];
  const known = CATEGORIES.find((it) => it === category);
  return known && { category: known, number: Number(number) };
}

/** The form of what is sealed here; that of served items is 1. */
const FORM = 2;

type Part = string | number;

const context = (...parts: readonly Part[]): string => ['parley/vault/v1', ...parts].join('|');

/** Which key of a category it is. */
export interface Epoch {
  readonly home: string;
  readonly category: Category;
  readonly epoch: number;
}

/** One version of one item. */
export interface Place {
  readonly id: string;
  readonly version: number;
}

export const CONTEXTS = {
  wayKey: (home: string, name: string) => context('way-key', home, name),
  way: (home: string, name: string, root: number) => context('way', home, name, root),
  wayBox: (home: string, name: string, root: number, once: string, open: string) =>
    context('way-box', home, name, root, once, open),
  categoryKey: ({ home, category, epoch }: Epoch, root: number) =>
    context('category-key', home, category, epoch, root),
  earlierKey: ({ home, category, epoch }: Epoch) => context('earlier-key', home, category, epoch),
  heads: ({ home, category, epoch }: Epoch, block: number, revision: string) =>
    context('sealed-heads', home, category, epoch, block, revision),
  itemKey: ({ home, category, epoch }: Epoch, { id, version }: Place) =>
    context('item-key', home, category, epoch, id, version, FORM),
  item: ({ home, category, epoch }: Epoch, { id, version }: Place) =>
    context('item', home, category, epoch, id, version, FORM),
  filePart: (
    home: string,
    id: string,
    { number, parts, octets }: { readonly number: number; readonly parts: number; readonly octets: number },
  ) => context('file-part', home, id, number, parts, octets, FORM),
  rootMark: (home: string, root: number) => context('root-mark', home, root),
  statement: (home: string, counter: number, root: number) => context('statement', home, counter, root),
} as const;
