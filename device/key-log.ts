import { digestOf } from './crypto.ts';
import type { KeyLog } from './node.ts';
import { type Octets, toBase64url } from './octets.ts';
import { documentHolds, keyIn, membersOf, objectIn, read, textIn, Unproven } from './signed.ts';

/** A key log as far as a device needs it: who it is, the root in force, where it lives, and what may have signed what still counts. */
export interface Log {
  readonly id: string;
  readonly root: Octets;
  readonly nodeKeys: readonly Octets[];
  readonly host: string;
  readonly number: number;
}

/** Throws `Unproven` where an entry does not follow, or a stranger signed it. */
export async function readLog({ identity, changes }: KeyLog): Promise<Log> {
  const payload = read(identity.payload);
  const said = objectIn(payload, 'identity', 1);
  let [root, recovery] = [keyIn(said.root), textIn(said.recovery)];
  let [nodeKeys, host] = [[keyIn(said.nodeKey)], hostIn(said.address)];
  if (!(await documentHolds(identity, root))) throw new Unproven('an identity is not signed by its root');
  const id = await digestOf(payload);
  let head = id;
  for (const [at, change] of changes.entries()) {
    const octets = read(change.payload);
    const next = objectIn(octets, 'identity-change', 1);
    const signer = keyIn(next.signer);
    const follows = next.identity === id && next.number === at + 1 && next.prev === head;
    if (!follows || !(await documentHolds(change, signer)))
      throw new Unproven('a change of keys does not follow');
    const isRecovery = (await digestOf(signer)) === recovery;
    const isSame = toBase64url(keyIn(next.root)) === toBase64url(root) && next.recovery === recovery;
    const isRoot = toBase64url(signer) === toBase64url(root) && isSame;
    if (!isRecovery && !isRoot) throw new Unproven('a stranger changed their keys');
    // What a recovery replaces may be in a thief's hands, and signs no key any more.
    nodeKeys = [...(isRecovery ? [] : nodeKeys), keyIn(next.nodeKey)];
    [root, recovery, host] = [keyIn(next.root), textIn(next.recovery), hostIn(next.address)];
    head = await digestOf(octets);
  }
  return { id, root, nodeKeys, host, number: changes.length };
}

function hostIn(address: unknown): string {
  return textIn(membersOf(address).host).toLowerCase();
}
