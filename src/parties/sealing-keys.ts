import { equalBytes } from '../kernel/bytes.ts';
import { deriveHpkeKey, type HpkeKey } from '../kernel/hpke.ts';
import type { HomeId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { derive, open, seal } from '../kernel/sealing.ts';
import type { BaseDeps, Tx, View } from '../storage/index.ts';
import { servedSecretNumbered, servedSecretOf } from './keys.ts';
import { getIdentity, getSecrets } from './store.ts';

/** The key under which others seal what they give to the identity at a position: nothing but the served secret is kept. */
function sealingKeyAt(served: Uint8Array, position: number): HpkeKey {
  return deriveHpkeKey(derive(served, `parley/sealing-key/v1/${position}`));
}

/** The key under which the identity at a position seals what only itself is to open again. */
function ownKeyAt(served: Uint8Array, position: number): Uint8Array {
  return derive(served, `parley/own-sealing/v1/${position}`);
}

/** The served secrets of a home, the one in force first: what was sealed before a renewal opens after it. */
async function* servedSecrets(view: View, nodeKey: Uint8Array, home: HomeId): AsyncGenerator<Uint8Array> {
  const newest = (await getSecrets(view, home))?.served_number ?? 0;
  for (let number = newest; number >= 0; number--) {
    const served = await servedSecretNumbered(view, nodeKey, home, number);
    if (served) yield served;
  }
}

async function positionOf(view: View, home: HomeId, identity: string): Promise<number> {
  const row = await getIdentity(view, home, identity);
  assert(row, 'whoever speaks in a relationship has an identity there');
  return row.position;
}

/** The key that the other sides of this identity seal with from now on. */
export async function sealingKeyOf(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  identity: string,
): Promise<HpkeKey> {
  const position = await positionOf(view, home, identity);
  return sealingKeyAt(await servedSecretOf(view, deps.nodeKey, home), position);
}

/** The key of this identity that has this public half, in force or from before; undefined when it never had it. */
export async function sealingKeyOnceOf(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  identity: string,
  publicKey: Uint8Array,
): Promise<HpkeKey | undefined> {
  const position = await positionOf(view, home, identity);
  for await (const served of servedSecrets(view, deps.nodeKey, home)) {
    const key = sealingKeyAt(served, position);
    if (equalBytes(key.publicKey, publicKey)) return key;
  }
  return undefined;
}

/** Seals octets so that this identity's own node opens them again, also after its keys were renewed or its party moved. */
export async function sealForSelf(
  tx: Tx,
  deps: BaseDeps,
  identity: string,
  plain: Uint8Array,
  context: string,
): Promise<Uint8Array> {
  const position = await positionOf(tx, tx.home, identity);
  const served = await servedSecretOf(tx, deps.nodeKey, tx.home);
  return seal(ownKeyAt(served, position), plain, context, deps.random);
}

/** What `sealForSelf` sealed; undefined for anything else. */
export async function openOwn(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  identity: string,
  sealed: Uint8Array,
  context: string,
): Promise<Uint8Array | undefined> {
  const position = await positionOf(view, home, identity);
  for await (const served of servedSecrets(view, deps.nodeKey, home)) {
    const plain = open(ownKeyAt(served, position), sealed, context);
    if (plain) return plain;
  }
  return undefined;
}
