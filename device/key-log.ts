import { digestOf } from './crypto.ts';
import type { KeyLog } from './node-giving.ts';
import { type Octets, toBase64url } from './octets.ts';
import { documentHolds, keyIn, membersOf, objectIn, read, textIn, Unproven } from './signed.ts';

/** An entry of a key log, and whose signature counts since then. */
interface Entry {
  readonly id: string;
  readonly nodeKey: Octets;
}

/** A key log as a device has checked it: who it is, and its entries, the inception first. */
export interface Log {
  readonly id: string;
  readonly entries: readonly Entry[];
  /** The id of the last entry, which names the one before it. */
  readonly head: string;
  /** In force, as is where they live. */
  readonly nodeKey: Octets;
  readonly host: string;
}

/** Throws `Unproven` where an entry does not follow, or a stranger signed it. */
export async function readLog({ identity, changes }: KeyLog): Promise<Log> {
  const payload = read(identity.payload);
  const said = objectIn(payload, 'identity', 1);
  let [root, recovery, host] = [keyIn(said.root), textIn(said.recovery), hostIn(said.address)];
  if (!(await documentHolds(identity, root))) throw new Unproven('an identity is not signed by its root');
  const id = await digestOf(payload);
  let last: Entry = { id, nodeKey: keyIn(said.nodeKey) };
  const entries = [last];
  for (const [at, change] of changes.entries()) {
    const octets = read(change.payload);
    const next = objectIn(octets, 'identity-change', 1);
    const signer = keyIn(next.signer);
    const follows = next.identity === id && next.number === at + 1 && next.prev === last.id;
    if (!follows || !(await documentHolds(change, signer)))
      throw new Unproven('a change of keys does not follow');
    const isRecovery = (await digestOf(signer)) === recovery;
    const isSame = toBase64url(keyIn(next.root)) === toBase64url(root) && next.recovery === recovery;
    const isRoot = toBase64url(signer) === toBase64url(root) && isSame;
    if (!isRecovery && !isRoot) throw new Unproven('a stranger changed their keys');
    [root, recovery, host] = [keyIn(next.root), textIn(next.recovery), hostIn(next.address)];
    last = { id: await digestOf(octets), nodeKey: keyIn(next.nodeKey) };
    entries.push(last);
  }
  return { id, entries, head: last.id, nodeKey: last.nodeKey, host };
}

/** A name and perhaps a port: it goes into sentences, and whoever signs a log writes it. */
const HOST = /^[a-z0-9._~-]{1,253}(:\d{1,5})?$|^\[[0-9a-f:.]{2,45}\](:\d{1,5})?$/;

function hostIn(address: unknown): string {
  const host = textIn(membersOf(address).host).toLowerCase();
  if (!HOST.test(host)) throw new Unproven('an address is none');
  return host;
}
