import { packContent } from '../src/vault/content.ts';
import type { Content, Head, HowChanged } from '../src/vault/model.ts';
import { type Cipher, cipherOf, type Draw, open, SEAL, seal } from './crypto.ts';
import { CONTEXTS, type Epoch, type Place } from './names.ts';
import { concat, fourOctets, fromUtf8, numberAt, type Octets, toHex, toUtf8 } from './octets.ts';

/**
 * The octets of what the node keeps without being able to open it. Each opens only where its context says that it belongs;
 * what does not open is undefined here, and told by whoever asked.
 */

/** The key of a category at an epoch. */
export interface CategoryKey extends Epoch {
  readonly cipher: Cipher;
  /** For sealing it under the next root. */
  readonly key: Octets;
}

/** An item as it is kept: what its owner wrote, and when. */
export interface SealedItem extends Place {
  readonly content: Content;
  readonly how: HowChanged;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly trashedAt: number | null;
  /** The digest of the version before; null where there is none. */
  readonly before: string | null;
}

/** What lists and searches need of an item, and which octets are its own. */
export interface SealedHead extends Head {
  readonly version: number;
  readonly digest: string;
}

const KEY = 32;
const REVISION = 16;

export async function sealCategoryKey(
  root: Cipher,
  number: number,
  of: Epoch,
  key: Octets,
  draw: Draw,
): Promise<Octets> {
  return concat(fourOctets(number), await seal(root, key, CONTEXTS.categoryKey(of, number), draw));
}

/** Only under the root of that number: what was sealed under another one is not in force. */
export async function openCategoryKey(
  root: Cipher,
  number: number,
  of: Epoch,
  octets: Octets,
): Promise<CategoryKey | undefined> {
  if (octets.length !== 4 + KEY + SEAL || numberAt(octets, 0) !== number) return undefined;
  return keyUnder(root, of, (it) => CONTEXTS.categoryKey(it, number), octets);
}

/** A key that is not in force any more lies under the one after it, so that another root leaves it as it is. */
export async function sealEarlierKey(
  after: CategoryKey,
  of: Epoch,
  key: Octets,
  draw: Draw,
): Promise<Octets> {
  return concat(fourOctets(after.epoch), await seal(after.cipher, key, CONTEXTS.earlierKey(of), draw));
}

export async function openEarlierKey(
  after: CategoryKey,
  of: Epoch,
  octets: Octets,
): Promise<CategoryKey | undefined> {
  if (octets.length !== 4 + KEY + SEAL || numberAt(octets, 0) !== after.epoch) return undefined;
  return keyUnder(after.cipher, of, CONTEXTS.earlierKey, octets);
}

async function keyUnder(
  over: Cipher,
  of: Epoch,
  contextOf: (of: Epoch) => string,
  octets: Octets,
): Promise<CategoryKey | undefined> {
  const key = await open(over, octets.subarray(4), contextOf(of));
  return key && { ...of, key, cipher: await cipherOf(key) };
}

export async function sealHeads(
  key: CategoryKey,
  block: number,
  heads: readonly SealedHead[],
  draw: Draw,
): Promise<Octets> {
  const revision = draw(REVISION);
  const packed = heads.map((head) => {
    const { id, property, place, search, fingerprint, tags, trashedAt, version, digest } = head;
    return [id, property, place, search, fingerprint, tags, trashedAt, version, digest];
  });
  const context = CONTEXTS.heads(key, block, toHex(revision));
  const sealed = await seal(key.cipher, toUtf8(JSON.stringify(packed)), context, draw);
  return concat(fourOctets(key.epoch), revision, sealed);
}

type Packed = [string, string, string, string, string, readonly string[], number | null, number, string];

export async function openHeads(
  keyAt: (epoch: number) => CategoryKey | undefined,
  block: number,
  octets: Octets,
): Promise<SealedHead[] | undefined> {
  const key = octets.length < 4 + REVISION ? undefined : keyAt(numberAt(octets, 0));
  if (!key) return undefined;
  const context = CONTEXTS.heads(key, block, toHex(octets.subarray(4, 4 + REVISION)));
  const opened = await open(key.cipher, octets.subarray(4 + REVISION), context);
  const text = opened && fromUtf8(opened);
  if (text === undefined) return undefined;
  const packed = JSON.parse(text) as Packed[]; // sealHeads wrote it, and the seal vouches for that
  return packed.map(([id, property, place, search, fingerprint, tags, trashedAt, version, digest]) => {
    return { id, property, place, search, fingerprint, tags, trashedAt, version, digest };
  });
}

export async function sealItem(key: CategoryKey, item: SealedItem, draw: Draw): Promise<Octets> {
  const { content, how, createdAt, changedAt, trashedAt, before } = item;
  const itemKey = draw(KEY);
  const about = JSON.stringify({ how, createdAt, changedAt, trashedAt, before });
  // One object, the content's members first.
  const text = `${packContent(content).slice(0, -1)},${about.slice(1)}`;
  const sealedKey = await seal(key.cipher, itemKey, CONTEXTS.itemKey(key, item), draw);
  const sealed = await seal(await cipherOf(itemKey), toUtf8(text), CONTEXTS.item(key, item), draw);
  return concat(fourOctets(key.epoch), fourOctets(item.version), sealedKey, sealed);
}

type Unpacked = Content & Omit<SealedItem, 'content' | 'id' | 'version'>;

/** An item at that version, and not at another. */
export async function openItem(
  keyAt: (epoch: number) => CategoryKey | undefined,
  at: Place,
  octets: Octets,
): Promise<SealedItem | undefined> {
  const start = 8 + KEY + SEAL;
  if (octets.length < start || numberAt(octets, 4) !== at.version) return undefined;
  const key = keyAt(numberAt(octets, 0));
  const itemKey = key && (await open(key.cipher, octets.subarray(8, start), CONTEXTS.itemKey(key, at)));
  if (!key || !itemKey) return undefined;
  const opened = await open(await cipherOf(itemKey), octets.subarray(start), CONTEXTS.item(key, at));
  const text = opened && fromUtf8(opened);
  if (text === undefined) return undefined;
  const unpacked = JSON.parse(text) as Unpacked; // sealItem wrote it, and the seal vouches for that
  const { how, createdAt, changedAt, trashedAt, before, ...content } = unpacked;
  return { id: at.id, version: at.version, content, how, createdAt, changedAt, trashedAt, before };
}
