import type { Failure } from '../src/kernel/result.ts';
import { passphraseElsewhere } from './failures.ts';
import { toBase64url } from './octets.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * What comes of a passphrase at its salt opens a party of the node that has this salt, and anybody may ask a node for it. So
 * another node, at which the same passphrase is in use, would answer with that salt, and be sent what lets it in there. A
 * device remembers which salts it knows, and which of them from this node. A page knows those of its own node only.
 */
const [ANYWHERE, HERE] = ['handle:|salts', 'node:salts'];

/** More than anybody has; what was not used for the longest is forgotten. */
const KNOWN = 64;

/** `passphrase-elsewhere` where this device knows this salt, and not from this node. */
export async function refuseElsewhere(
  s: Pick<Surroundings, 'memory'>,
  salt: Uint8Array,
): Promise<Failure | undefined> {
  const one = toBase64url(salt);
  const isElsewhere = (await knownIn(s, ANYWHERE)).includes(one) && !(await knownIn(s, HERE)).includes(one);
  return isElsewhere ? passphraseElsewhere() : undefined;
}

/** What is worked out with this salt goes to this node. */
export async function rememberSalt(s: Pick<Surroundings, 'memory'>, salt: Uint8Array): Promise<void> {
  const one = toBase64url(salt);
  for (const name of [HERE, ANYWHERE]) {
    const known = await knownIn(s, name);
    if (known[0] === one) continue;
    const digest = [one, ...known.filter((it) => it !== one)].slice(0, KNOWN).join(' ');
    await s.memory.remember(name, { counter: 0, digest, root: 0, isSplit: true });
  }
}

async function knownIn({ memory }: Pick<Surroundings, 'memory'>, name: string): Promise<readonly string[]> {
  const known = await memory.recall(name);
  return known ? known.digest.split(' ') : [];
}
