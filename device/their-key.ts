import { ok, type Result } from '../src/kernel/result.ts';
import { digestOf, signedBy } from './crypto.ts';
import { keysUncompared, relationshipOther, theirKeyOlder, theirKeyUnproven } from './failures.ts';
import { type KeyLog, type SignedPart, showTheirKey, type TheirKeyShown, type WireDocument } from './node.ts';
import { concat, fromBase64url, fromUtf8, type Octets, toBase64url, toUtf8 } from './octets.ts';
import type { Remembered, Surroundings, Whose } from './surroundings.ts';

/**
 * To whom something is locked. The node says whose key it is and is not believed: the key stands in a record that the other side's
 * identity signed, this identity is the one whose keys make the code that two people compare, and once it was compared the
 * device knows it again.
 */
export interface TheirKey {
  readonly agreement: string;
  readonly mine: string;
  readonly theirs: string;
  readonly epoch: number;
  /** X25519, 32 octets. */
  readonly key: Octets;
  readonly isCounting: boolean;
  /** The same on both screens, as long as nobody stands in between. */
  readonly code: string;
  /** What this device remembers of it, once it has given something. */
  readonly pin: Remembered;
  readonly isKnown: boolean;
}

type Members = Readonly<Record<string, unknown>>;

class Unproven extends Error {}

/** The key of the other side as this device has checked it; `code` is what both have compared, where this device does not know yet. */
export async function checkedKey(
  s: Surroundings,
  { home }: Whose,
  relationship: string,
  code?: string,
): Promise<Result<TheirKey>> {
  const shown = await showTheirKey(s, relationship);
  if (!shown.ok) return shown;
  const checked = await proven(shown.value, relationship);
  if (!checked.ok) return checked;
  const known = await s.memory.recall(pinName(home, relationship));
  const { pin } = checked.value;
  if (known && known.digest !== pin.digest) return relationshipOther();
  if (known && (known.counter > pin.counter || known.root > pin.root)) return theirKeyOlder();
  const isSaid = code !== undefined && digits(code) === digits(checked.value.code);
  if (code !== undefined && !isSaid) return relationshipOther();
  return ok({ ...checked.value, isKnown: known !== undefined || isSaid });
}

/** The same, where it is known whose key it is. Fails with `keys-uncompared`. */
export async function comparedKey(...asked: Parameters<typeof checkedKey>): Promise<Result<TheirKey>> {
  const checked = await checkedKey(...asked);
  return !checked.ok || checked.value.isKnown ? checked : keysUncompared(checked.value.code);
}

export function pinName(home: string, relationship: string): string {
  return `with:${home}:${relationship}`;
}

const digits = (text: string): string => text.replaceAll(/\D/g, '');

type Checked = Omit<TheirKey, 'isKnown'>;

async function proven(shown: TheirKeyShown, relationship: string): Promise<Result<Checked>> {
  try {
    const [mine, theirs] = [await readLog(shown.mine), await readLog(shown.theirs)];
    const { key, reads, seq } = await readKey(shown.record, theirs, relationship);
    const { agreement, epoch } = shown;
    const digest = await digestOf(toUtf8([agreement, mine.id, theirs.id].join('|')));
    return ok({
      ...{ agreement, epoch, key, mine: mine.id, theirs: theirs.id },
      isCounting: reads >= 3,
      code: await comparisonCode(mine.root, theirs.root),
      pin: { counter: theirs.number, digest, root: seq, isSplit: true },
    });
  } catch (error) {
    if (error instanceof Unproven) return theirKeyUnproven(error.message);
    throw error;
  }
}

/** A key log as far as a device needs it: who it is, the root in force, and what may have signed a key that still counts. */
interface Log {
  readonly id: string;
  readonly root: Octets;
  readonly nodeKeys: readonly Octets[];
  readonly number: number;
}

async function readLog({ identity, changes }: KeyLog): Promise<Log> {
  const payload = read(identity.payload);
  const said = objectIn(payload, 'identity', 1);
  let [root, recovery] = [keyIn(said.root), textIn(said.recovery)];
  let nodeKeys = [keyIn(said.nodeKey)];
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
    [root, recovery, head] = [keyIn(next.root), textIn(next.recovery), await digestOf(octets)];
  }
  return { id, root, nodeKeys, number: changes.length };
}

async function readKey(
  record: TheirKeyShown['record'],
  theirs: Log,
  relationship: string,
): Promise<{ key: Octets; reads: number; seq: number }> {
  const payload = read(record.payload);
  const said = objectIn(payload, 'sealing-key', 1);
  const body = read(record.body ?? '');
  const isTheirs = said.author === theirs.id && said.rel === relationship;
  if (!isTheirs) throw new Unproven('it was said by somebody else, or elsewhere');
  if (said.bodyHash !== (await digestOf(body))) throw new Unproven('its words were changed');
  const held = await Promise.all(
    theirs.nodeKeys.map((key) => signatureHolds(record.payload, record, key, 'parley-record')),
  );
  if (!held.includes(true)) throw new Unproven('they have not signed it');
  const { key, reads } = membersIn(body);
  return { key: keyIn(key), reads: typeof reads === 'number' ? reads : 2, seq: Number(said.seq) };
}

async function documentHolds({ payload, signatures }: WireDocument, key: Uint8Array): Promise<boolean> {
  const [only, ...more] = signatures;
  return only !== undefined && more.length === 0 && signatureHolds(payload, only, key, 'parley-document');
}

/** A signature over these octets, as that kind of thing, by that key. */
async function signatureHolds(
  payload: string,
  { protected: header, signature }: SignedPart,
  key: Uint8Array,
  typ: 'parley-document' | 'parley-record',
): Promise<boolean> {
  const { alg, kid, typ: found } = membersIn(read(header));
  const thumbprint = await digestOf(toUtf8(`{"crv":"Ed25519","kty":"OKP","x":"${toBase64url(key)}"}`));
  if (alg !== 'Ed25519' || found !== typ || kid !== thumbprint) return false;
  return signedBy(key, read(signature), toUtf8(`${toBase64url(read(header))}.${toBase64url(read(payload))}`));
}

function objectIn(octets: Octets, type: string, v: number): Members {
  const said = membersIn(octets);
  const isCritical = Array.isArray(said.crit) && said.crit.length > 0;
  if (said.type !== type || said.v !== v || isCritical) throw new Unproven('it is something else');
  return said;
}

function membersIn(octets: Octets): Members {
  try {
    const said: unknown = JSON.parse(fromUtf8(octets) ?? '');
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return said as Members; // an object has members
  } catch {
    // What cannot be read says nothing.
  }
  throw new Unproven('it cannot be read');
}

function read(text: string): Octets {
  const octets = fromBase64url(text);
  if (!octets) throw new Unproven('it cannot be read');
  return octets;
}

function textIn(value: unknown): string {
  if (typeof value !== 'string') throw new Unproven('a part is missing');
  return value;
}

function keyIn(value: unknown): Octets {
  const key = read(textIn(value));
  if (key.length !== 32) throw new Unproven('a key is none');
  return key;
}

/** Six groups of five digits, as both nodes show them (src/relationships/comparison-rules.ts). */
async function comparisonCode(one: Octets, other: Octets): Promise<string> {
  const [first, second] = [one, other].sort((a, b) => compare(a, b));
  const text = await digestOf(concat(toUtf8('parley/comparison/v1|'), first ?? one, second ?? other));
  let number = 0n;
  for (const octet of read(text).subarray(0, 24)) number = number * 256n + BigInt(octet);
  const said = (number % 10n ** 30n).toString().padStart(30, '0');
  return (said.match(/.{5}/g) ?? []).join(' ');
}

function compare(one: Octets, other: Octets): number {
  for (const [at, octet] of one.entries()) {
    const than = other[at] ?? 0;
    if (octet !== than) return octet - than;
  }
  return 0;
}
