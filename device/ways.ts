import { agree, cipherOf, type Draw, derive, open, type Pair, pairOf, SEAL, seal } from './crypto.ts';
import { CONTEXTS } from './names.ts';
import { concat, fourOctets, fromBase64url, numberAt, type Octets, toBase64url } from './octets.ts';

/**
 * A way to open the vault: a passphrase, a passkey, the code on paper. Each has a key pair. Its secret half is sealed under the
 * way's own key; the root is sealed to its other half. So whoever takes one way away gives the next root to all the others
 * without having their keys. The other halves stand in the statement alone: the node knows none, and can make no way.
 */

/** A root of the vault: the first is 1. */
export interface Root {
  readonly number: number;
  readonly key: Octets;
}

const MARK = 16;

/** What only those know who have had this root: a later one counts only where its statement has the marks of all before. */
export async function markOf(home: string, { number, key }: Root): Promise<string> {
  return toBase64url((await derive(key, CONTEXTS.rootMark(home, number))).subarray(0, MARK));
}

const KEY = 32;
const SECRET_AT = 4;
const ONCE_AT = SECRET_AT + KEY + SEAL;
const BOX_AT = ONCE_AT + KEY;
const LENGTH = BOX_AT + KEY + SEAL;

const VAULT_LABEL = 'parley/opens-vault/v1';
export const SECRET_LABEL = 'parley/opens-secret/v1';
export const CODE_LABEL = 'parley/recovery-code/v1';

/** What of a way's secret never leaves the device. */
export function wayKeyOf(told: Uint8Array): Promise<Octets> {
  return derive(told, VAULT_LABEL);
}

export interface Way {
  readonly name: string;
  /** The half that the root is sealed to, base64url. */
  readonly open: string;
  readonly octets: Octets;
}

/** A new way to this root. */
export async function makeWay(
  home: string,
  name: string,
  wayKey: Uint8Array,
  root: Root,
  draw: Draw,
): Promise<Way> {
  const pair = await pairOf(draw(KEY));
  const context = CONTEXTS.wayKey(home, name);
  const secret = await seal(await cipherOf(wayKey), pair.secret, context, draw);
  return wayTo(home, { name, open: pair.open, secret }, root, draw);
}

/** The same way to another root. */
export function renewWay(home: string, way: Way, root: Root, draw: Draw): Promise<Way> {
  const secret = way.octets.slice(SECRET_AT, ONCE_AT);
  return wayTo(home, { name: way.name, open: way.open, secret }, root, draw);
}

async function wayTo(
  home: string,
  way: { readonly name: string; readonly open: string; readonly secret: Octets },
  root: Root,
  draw: Draw,
): Promise<Way> {
  const once = await pairOf(draw(KEY));
  const theirs = fromBase64url(way.open) ?? new Uint8Array(0);
  const box = await boxKey(home, way.name, root.number, {
    pair: once,
    theirs,
    once: once.open,
    open: way.open,
  });
  if (!box) throw new Error('broken assumption: the statement names keys');
  const sealed = await seal(box, root.key, CONTEXTS.way(home, way.name, root.number), draw);
  const public32 = fromBase64url(once.open) ?? new Uint8Array(0);
  const octets = concat(fourOctets(root.number), way.secret, public32, sealed);
  return { name: way.name, open: way.open, octets };
}

/** The root that a way opens, and its open half, which the statement has to name. Undefined when it opens nothing. */
export async function openWay(
  home: string,
  name: string,
  wayKey: Uint8Array,
  octets: Octets,
): Promise<{ readonly root: Root; readonly open: string } | undefined> {
  if (octets.length !== LENGTH) return undefined;
  const number = numberAt(octets, 0);
  const sealedSecret = octets.subarray(SECRET_AT, ONCE_AT);
  const secret = await open(await cipherOf(wayKey), sealedSecret, CONTEXTS.wayKey(home, name));
  if (!secret) return undefined;
  const pair = await pairOf(secret);
  const theirs = octets.subarray(ONCE_AT, BOX_AT);
  const box = await boxKey(home, name, number, { pair, theirs, once: toBase64url(theirs), open: pair.open });
  const key = box && (await open(box, octets.subarray(BOX_AT), CONTEXTS.way(home, name, number)));
  return key && { root: { number, key }, open: pair.open };
}

interface Between {
  readonly pair: Pair;
  readonly theirs: Uint8Array;
  /** Both public keys, the one that is used once and that of the way. */
  readonly once: string;
  readonly open: string;
}

async function boxKey(home: string, name: string, root: number, between: Between) {
  const { pair, theirs, once, open: way } = between;
  const agreed = await agree(pair.secret, theirs);
  return agreed && cipherOf(await derive(agreed, CONTEXTS.wayBox(home, name, root, once, way)));
}
