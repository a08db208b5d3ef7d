import { equalBytes } from '../kernel/bytes.ts';
import { assert } from '../kernel/result.ts';
import { open } from '../kernel/sealing.ts';
import type { SigningKey } from '../kernel/signing.ts';
import { nodeSigningKey } from './identity.ts';
import type { SecretsRow } from './model.ts';

/** Keys that one node keeps ready, and so the identities that can be busy at once without making theirs anew. */
const KEPT = 20_000;

/** The served secret of a home, sealed. */
type Sealed = Pick<SecretsRow, 'home_id' | 'served'>;

interface Ready {
  readonly served: Uint8Array;
  readonly key: SigningKey;
}

/** A memo and no state: what a key is follows from the node's key and the sealed secret that it was made from. */
const kept = new WeakMap<Uint8Array, Map<string, Ready>>();

/** The party's served secret, opened with the node's key. */
export function openServed(nodeKey: Uint8Array, { home_id, served }: Sealed): Uint8Array {
  const opened = open(nodeKey, served, `served|${home_id}`);
  assert(opened, 'every party on this node has a served secret under its key');
  return opened;
}

/**
 * The key with which the node signs for the identity at a position, as the secret in force gives it. Opening the secret and
 * deriving the key from it take several times as long as a signature does.
 */
export function readyKey(nodeKey: Uint8Array, secrets: Sealed, position: number): SigningKey {
  const keys = kept.get(nodeKey) ?? new Map<string, Ready>();
  kept.set(nodeKey, keys);
  const name = `${secrets.home_id} ${position}`;
  const ready = keys.get(name);
  if (ready && equalBytes(ready.served, secrets.served)) return ready.key;
  const key = nodeSigningKey(openServed(nodeKey, secrets), position);
  const [oldest] = keys.keys();
  if (oldest !== undefined && keys.size >= KEPT) keys.delete(oldest);
  keys.set(name, { served: secrets.served, key });
  return key;
}
