import { type Failure, ok, type Result } from '../src/kernel/result.ts';
import { pinName, pinOf, standingOf } from './compared.ts';
import { comparisonCode } from './comparison.ts';
import {
  digitsDiffer,
  keysChanged,
  keysUncompared,
  relationshipOther,
  sameNode,
  theirKeyContradicted,
  theirKeyOlder,
  theirKeyReplaced,
  theirKeyUnproven,
} from './failures.ts';
import { type Log, readLog } from './key-log.ts';
import { showTheirKey, type TheirKeyShown, type WireDocument } from './node-giving.ts';
import { type Octets, toBase64url } from './octets.ts';
import { documentHolds, isSignedBy, keyIn, objectIn, read, readRecord, Unproven } from './signed.ts';
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
  /** The same on both screens while both know each other by the same key logs. */
  readonly code: string;
  /** What they were called when the code was compared, else what the node calls them. */
  readonly name: string;
  /** Their key lies with the node that mine lies with, which can open what is locked to it. */
  readonly isSameNode: boolean;
  /** What this device remembers of it, once it has given something. */
  readonly pin: Remembered;
  readonly isKnown: boolean;
  /** Known by keys from before: those of now have to be compared. */
  readonly isChanged: boolean;
}

/** What its owner has said to a giving. */
interface Said {
  /** The code as both have compared it. */
  readonly code?: string | undefined;
  /** That they know that both live on one node, whose operator can read it. */
  readonly onSameNode?: boolean | undefined;
}

/**
 * The key of the other side as this device has checked it; `code` is what both have compared, where this device does not know yet.
 * Fails with `relationship-other`, `their-key-unproven`, `their-key-replaced`, `their-key-older`, `their-key-contradicted`,
 * `digits-differ`, and as the node does.
 */
export async function checkedKey(
  s: Surroundings,
  { home }: Whose,
  relationship: string,
  code?: string,
): Promise<Result<TheirKey>> {
  const asked = { relationship, nonce: toBase64url(s.random(16)) };
  const shown = await showTheirKey(s, asked);
  if (!shown.ok) return shown;
  const known = await s.memory.recall(pinName(home, relationship));
  // The node calls them what it likes; who was compared under a name keeps it.
  const name = known?.name ?? shown.value.name;
  const checked = await proven(shown.value, asked, name);
  if (!checked.ok) return checked;
  const { pin, theirs } = checked.value;
  const standing = known && standingOf(known, pin, theirs);
  if (standing === 'somebody else') return relationshipOther();
  if (standing === 'older') return theirKeyOlder();
  if (standing === 'contradicting') return theirKeyContradicted(name);
  const isSaid = code !== undefined && digits(code) === digits(checked.value.code);
  if (code !== undefined && !isSaid) return digitsDiffer(name);
  const isChanged = standing === 'changed' && !isSaid;
  const isKnown = (known !== undefined || isSaid) && !isChanged;
  return ok({ ...checked.value, name, isKnown, isChanged, pin: { ...pin, name } });
}

/** The same, where it is known whose key it is, and who can read by it. Fails with `keys-uncompared`, `keys-changed` and `same-node` too. */
export async function comparedKey(
  s: Surroundings,
  whose: Whose,
  relationship: string,
  { code, onSameNode }: Said,
): Promise<Result<TheirKey>> {
  const checked = await checkedKey(s, whose, relationship, code);
  return checked.ok ? (refused(checked.value, onSameNode) ?? checked) : checked;
}

function refused(
  { isKnown, isChanged, isSameNode, name, theirs }: TheirKey,
  onSameNode = false,
): Failure | undefined {
  if (isChanged) return keysChanged(name, theirs.host);
  if (!isKnown) return keysUncompared(name);
  return isSameNode && !onSameNode ? sameNode(name) : undefined;
}

const digits = (text: string): string => text.replaceAll(/\D/g, '');

interface Asked {
  readonly relationship: string;
  /** Drawn for this once. */
  readonly nonce: string;
}

/**
 * The code is the same from both sides: which one is mine says the key of mine, and the node has no other. It says so anew each
 * time, else what was once signed for somebody would count for whoever gets hold of it. Throws `Unproven`.
 */
async function isOwnSide(own: WireDocument, asked: Asked, mine: Log, theirs: Log): Promise<void> {
  const said = objectIn(read(own.payload), 'own-side', 1);
  const isHere = said.rel === asked.relationship && said.nonce === asked.nonce;
  const isSaid = isHere && said.identity === mine.id && said.other === theirs.id;
  if (!isSaid || !(await documentHolds(own, mine.nodeKey)))
    throw new Unproven('your own side has not signed it');
}

type Checked = Omit<TheirKey, 'isKnown' | 'isChanged' | 'name'>;

async function proven(shown: TheirKeyShown, asked: Asked, name: string): Promise<Result<Checked>> {
  try {
    // Mine comes from the node as well: it is held against the code, and from then on against what is remembered.
    const [mine, theirs] = [await readLog(shown.mine), await readLog(shown.theirs)];
    await isOwnSide(shown.own, asked, mine, theirs);
    if (await isReplaced(shown.record, theirs)) return theirKeyReplaced(name);
    const said = { author: theirs.id, rel: asked.relationship, key: theirs.nodeKey };
    const { body, seq } = await readRecord(shown.record, { type: 'sealing-key', v: 1, ...said });
    const { agreement, epoch } = shown;
    return ok({
      ...{ agreement, epoch, mine, theirs, key: keyIn(body.key) },
      isCounting: typeof body.reads === 'number' && body.reads >= 3,
      // A node has had several names; one that does not say so is found out where both are in one.
      isSameNode: shown.isHere || mine.host === theirs.host,
      code: await comparisonCode(mine, theirs),
      pin: await pinOf({ mine, theirs, seq }),
    });
  } catch (error) {
    if (error instanceof Unproven) return theirKeyUnproven(error.message);
    throw error;
  }
}

/** Whether they signed it with a key that they have no more: they have moved, and not yet said the key of now. */
async function isReplaced(record: TheirKeyShown['record'], { entries, nodeKey }: Log): Promise<boolean> {
  if (await isSignedBy(record, nodeKey)) return false;
  for (const entry of entries) if (await isSignedBy(record, entry.nodeKey)) return true;
  return false;
}
