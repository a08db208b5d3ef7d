import { type Failure, ok, type Result } from '../src/kernel/result.ts';
import { comparisonCode } from './comparison.ts';
import { digestOf } from './crypto.ts';
import {
  digitsDiffer,
  keysUncompared,
  relationshipOther,
  sameNode,
  theirKeyOlder,
  theirKeyUnproven,
} from './failures.ts';
import { type Log, readLog } from './key-log.ts';
import { showTheirKey, type TheirKeyShown } from './node.ts';
import { type Octets, toUtf8 } from './octets.ts';
import { documentHolds, keyIn, objectIn, read, readRecord, Unproven } from './signed.ts';
import type { Remembered, Surroundings, Whose } from './surroundings.ts';

/**
 * To whom something is locked. The node says whose key it is and is not believed: the key stands in a record that the other side's
 * identity signed, this identity is the one whose keys make the code that two people compare, and once it was compared the
 * device knows it again.
 */
export interface TheirKey {
  readonly agreement: string;
  readonly mine: Log;
  readonly theirs: Log;
  readonly epoch: number;
  /** X25519, 32 octets. */
  readonly key: Octets;
  readonly isCounting: boolean;
  /** The same on both screens while both know each other by the same identities and roots. */
  readonly code: string;
  /** What they were called when the code was compared, else what the node calls them. */
  readonly name: string;
  /** Their key lies with the node that mine lies with, which can open what is locked to it. */
  readonly isSameNode: boolean;
  /** What this device remembers of it, once it has given something. */
  readonly pin: Remembered;
  readonly isKnown: boolean;
}

/** What its owner has said to a giving. */
interface Said {
  /** The code as both have compared it. */
  readonly code?: string | undefined;
  /** That they know that both live on one node, whose operator can read it. */
  readonly onSameNode?: boolean | undefined;
}

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
  if (known && isOlder(pin, known)) return theirKeyOlder();
  const isSaid = code !== undefined && digits(code) === digits(checked.value.code);
  // The node calls them what it likes; who was compared under a name keeps it.
  const name = known?.name ?? shown.value.name;
  if (code !== undefined && !isSaid) return digitsDiffer(name);
  const isKnown = known !== undefined || isSaid;
  return ok({ ...checked.value, name, isKnown, pin: { ...pin, name } });
}

/** The same, where it is known whose key it is, and who can read by it. Fails with `keys-uncompared`, `digits-differ` and `same-node`. */
export async function comparedKey(
  s: Surroundings,
  whose: Whose,
  relationship: string,
  { code, onSameNode }: Said,
): Promise<Result<TheirKey>> {
  const checked = await checkedKey(s, whose, relationship, code);
  return checked.ok ? (refused(checked.value, onSameNode) ?? checked) : checked;
}

function refused({ isKnown, isSameNode, name }: TheirKey, onSameNode = false): Failure | undefined {
  if (!isKnown) return keysUncompared(name);
  return isSameNode && !onSameNode ? sameNode(name) : undefined;
}

/** A change of their keys that was seen is withheld, or a later record with their key. */
function isOlder(pin: Remembered, known: Remembered): boolean {
  return pin.counter < known.counter || pin.root < known.root;
}

const PIN = 'with:';

export function pinName(home: string, relationship: string): string {
  return `${PIN}${home}:${relationship}`;
}

/** The other side of this relationship has to be compared anew. */
export function forgetTheirs({ memory }: Surroundings, home: string, relationship: string): Promise<void> {
  return memory.forget(pinName(home, relationship));
}

/** Everybody whom this party has given something. */
export async function forgetAllTheirs({ memory }: Pick<Surroundings, 'memory'>, home: string): Promise<void> {
  for (const name of await memory.names(pinName(home, ''))) await memory.forget(name);
}

const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** The code is the same from both sides: which one is mine says the key of mine, and the node has no other. Throws `Unproven`. */
async function isOwnSide(own: TheirKeyShown['own'], { id, nodeKeys }: Log): Promise<void> {
  const key = nodeKeys.at(-1);
  const isSaid = objectIn(read(own.payload), 'own-side', 1).identity === id;
  if (!isSaid || !key || !(await documentHolds(own, key)))
    throw new Unproven('your own side has not signed it');
}

type Checked = Omit<TheirKey, 'isKnown' | 'name'>;

async function proven(shown: TheirKeyShown, relationship: string): Promise<Result<Checked>> {
  try {
    // Mine comes from the node as well: it is held against the code, and from then on against what is remembered.
    const [mine, theirs] = [await readLog(shown.mine), await readLog(shown.theirs)];
    await isOwnSide(shown.own, mine);
    const said = { type: 'sealing-key', v: 1, author: theirs.id, rel: relationship, keys: theirs.nodeKeys };
    const { body, seq } = await readRecord(shown.record, said);
    const { agreement, epoch } = shown;
    const digest = await digestOf(toUtf8([mine.id, theirs.id].join('|')));
    return ok({
      ...{ agreement, epoch, mine, theirs, key: keyIn(body.key) },
      isCounting: typeof body.reads === 'number' && body.reads >= 3,
      // A node has had several names; one that does not say so is found out where both are in one.
      isSameNode: shown.isHere || mine.host === theirs.host,
      code: await comparisonCode(mine, theirs),
      pin: { counter: theirs.number, digest, root: seq, isSplit: true },
    });
  } catch (error) {
    if (error instanceof Unproven) return theirKeyUnproven(error.message);
    throw error;
  }
}
