import { fromUtf8, toUtf8 } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { assert } from '../kernel/result.ts';
import { open, seal } from '../kernel/sealing.ts';
import { packContent } from './content.ts';
import type { Category, Content, Head } from './model.ts';

/**
 * How My data is sealed, as docs/reference/vault.md says it: the root wraps the key of a category and epoch, which wraps a
 * fresh key for each version of an item and seals the blocks of heads. Every seal is AES-256-GCM with a random nonce, and
 * says in its authenticated context where it belongs, so that nothing opens in the place of something else.
 */

/** A category key, and what it is the key of. */
export interface CategoryKey {
  readonly home: HomeId;
  readonly category: Category;
  readonly epoch: number;
  readonly key: Uint8Array;
}

/** One version of one item. */
interface Place {
  readonly id: string;
  readonly version: number;
}

interface SealedContent {
  /** The item key, under the category key. */
  readonly item_key: Uint8Array;
  /** The content, under the item key. */
  readonly sealed: Uint8Array;
}

/** What content is made of: it changes when the form does. */
const SCHEMA = 1;

type Of = Omit<CategoryKey, 'key'>;

function contextOf(
  what: string,
  { home, category, epoch }: Of,
  ...more: readonly (string | number)[]
): string {
  return ['parley/vault/v1', what, home, category, epoch, ...more].join('|');
}

export function wrapCategoryKey(root: Uint8Array, key: CategoryKey, random: Random): Uint8Array {
  return seal(root, key.key, contextOf('category-key', key), random);
}

export function unwrapCategoryKey(root: Uint8Array, wrapped: Uint8Array, of: Of): Uint8Array {
  return must(open(root, wrapped, contextOf('category-key', of)));
}

export function sealContent(key: CategoryKey, at: Place, content: Content, random: Random): SealedContent {
  const itemKey = random.bytes(32);
  const context = [at.id, at.version, SCHEMA] as const;
  return {
    item_key: seal(key.key, itemKey, contextOf('item-key', key, ...context), random),
    sealed: seal(itemKey, toUtf8(packContent(content)), contextOf('item', key, ...context), random),
  };
}

export function openContent(key: CategoryKey, at: Place, kept: SealedContent): Content {
  const context = [at.id, at.version, SCHEMA] as const;
  const itemKey = must(open(key.key, kept.item_key, contextOf('item-key', key, ...context)));
  return unpackContent(must(open(itemKey, kept.sealed, contextOf('item', key, ...context))));
}

export function sealHeads(
  key: CategoryKey,
  block: number,
  revision: string,
  heads: readonly Head[],
  random: Random,
): Uint8Array {
  return seal(key.key, packHeads(heads), contextOf('heads', key, block, revision), random);
}

export function openHeads(key: CategoryKey, block: number, revision: string, sealed: Uint8Array): Head[] {
  return unpackHeads(must(open(key.key, sealed, contextOf('heads', key, block, revision))));
}

/** A row that does not open was moved, changed or sealed elsewhere: nothing of it may be taken for something else. */
function must(opened: Uint8Array | undefined): Uint8Array {
  assert(opened, 'what this node has sealed opens where it was put');
  return opened;
}

function unpackContent(octets: Uint8Array): Content {
  return JSON.parse(fromUtf8(octets) ?? '') as Content; // packContent wrote it, and the seal vouches for that
}

type PackedHead = [string, string, string, string, string, readonly string[], number | null];

function packHeads(heads: readonly Head[]): Uint8Array {
  const packed: PackedHead[] = heads.map((head) => {
    const { id, property, place, search, fingerprint, tags, trashedAt } = head;
    return [id, property, place, search, fingerprint, tags, trashedAt];
  });
  return toUtf8(JSON.stringify(packed));
}

function unpackHeads(octets: Uint8Array): Head[] {
  const packed = JSON.parse(fromUtf8(octets) ?? '') as PackedHead[]; // packHeads wrote it, and the seal vouches for that
  return packed.map(([id, property, place, search, fingerprint, tags, trashedAt]) => {
    return { id, property, place, search, fingerprint, tags, trashedAt };
  });
}
