import { fromUtf8, toUtf8 } from '../kernel/bytes.ts';
import type { Random } from '../kernel/random.ts';
import { open, seal } from '../kernel/sealing.ts';
import type { CategoryKey } from '../vault/index.ts';
import type { FileRow, Head } from './model.ts';

/**
 * How a served file is sealed, as docs/reference/vault.md says it. Each part says in its context of which file it is, which
 * one of how many, and how long the whole is: so none opens in the place of another, and none can be missing at the end.
 */

/** Which file, as every part of it says. */
type Whole = Pick<FileRow, 'home_id' | 'id' | 'parts' | 'octets'>;

/** What is sealed by the node; that of devices is 2. */
const FORM = 1;

const context = (what: string, ...parts: readonly (string | number)[]): string =>
  ['parley/vault/v1', what, ...parts].join('|');

const keyContext = ({ home, category, epoch }: CategoryKey, id: string): string =>
  context('file-key', home, category, epoch, id, FORM);
const headContext = ({ home_id, id, parts, octets }: Whole, revision: number): string =>
  context('file-head', home_id, id, parts, octets, revision, FORM);
const partContext = ({ home_id, id, parts, octets }: Whole, number: number): string =>
  context('file-part', home_id, id, number, parts, octets, FORM);

export function wrapFileKey(category: CategoryKey, id: string, key: Uint8Array, random: Random): Uint8Array {
  return seal(category.key, key, keyContext(category, id), random);
}

/** Undefined when the row is not what this node wrote. */
export function unwrapFileKey(
  category: CategoryKey,
  id: string,
  wrapped: Uint8Array,
): Uint8Array | undefined {
  return open(category.key, wrapped, keyContext(category, id));
}

export function sealHead(
  key: Uint8Array,
  file: Whole,
  revision: number,
  { name, type, mark, sha256 }: Head,
  random: Random,
): Uint8Array {
  const written = JSON.stringify({ name, type, mark, sha256 });
  return seal(key, toUtf8(written), headContext(file, revision), random);
}

/** Undefined when the row is not what this node wrote. */
export function openHead(
  key: Uint8Array,
  file: Whole,
  revision: number,
  sealed: Uint8Array,
): Head | undefined {
  const octets = open(key, sealed, headContext(file, revision));
  return octets && (JSON.parse(fromUtf8(octets) ?? '') as Head); // sealHead wrote it, and the seal vouches for that
}

export function sealPart(
  key: Uint8Array,
  file: Whole,
  number: number,
  plain: Uint8Array,
  random: Random,
): Uint8Array {
  return seal(key, plain, partContext(file, number), random);
}

/** Undefined when it is another part, one of another file, or was changed. */
export function openPart(
  key: Uint8Array,
  file: Whole,
  number: number,
  sealed: Uint8Array,
): Uint8Array | undefined {
  return open(key, sealed, partContext(file, number));
}
