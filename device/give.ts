import { fail, ok, type Result } from '../src/kernel/result.ts';
import { readText } from '../src/kernel/text.ts';
import { entryOf } from '../src/vault/catalogue.ts';
import { pinName } from './compared.ts';
import { giftChanged, nodeOdd } from './failures.ts';
import { sealGrant } from './hpke.ts';
import type { VaultItem } from './items.ts';
import type { Log } from './key-log.ts';
import { giveFromDevice, type WireRecord } from './node-giving.ts';
import { toHex } from './octets.ts';
import { readRecord, Unproven } from './signed.ts';
import type { Surroundings, Whose } from './surroundings.ts';
import { comparedKey } from './their-key.ts';

/** What is given of a sealed item: what it says now and nothing newer, since the node cannot lock what comes after. */
export interface Gift {
  readonly relationship: string;
  readonly purpose: string;
  readonly until?: number | undefined;
  readonly times?: number | undefined;
  /** The code as both have compared it; needed while this device has given nothing in this relationship, and once their keys have changed. */
  readonly code?: string | undefined;
  /** The version that its owner has looked at. */
  readonly version?: number | undefined;
  /** Also where the other side lives on the same node, whose operator can then read it. */
  readonly onSameNode?: boolean | undefined;
}

export interface Given {
  readonly grant: string;
  readonly label: string;
  readonly code: string;
  /** What they are called by this device. */
  readonly to: string;
}

/** Of a record of what is given, without a number of openings and with one. */
const [PLAIN, COUNTED] = [2, 3];

/**
 * Locks an item for the other side on this device, and hands the node what is ready for the signed record. Fails with
 * `keys-uncompared`, `keys-changed`, `digits-differ`, `same-node`, `relationship-other`, `their-key-unproven`, `their-key-replaced`,
 * `their-key-older`, `their-key-contradicted`, `gift-changed`, `input-invalid`, `grant-uncounted`, `node-odd`, and as the node does.
 */
export async function give(
  s: Surroundings,
  whose: Whose,
  item: VaultItem,
  { relationship, purpose: asked, until, times, version, ...said }: Gift,
): Promise<Result<Given>> {
  const purpose = readText(asked);
  if (!purpose.ok || purpose.value.trim() === '')
    return fail('input-invalid', 'Say what it is for.', 'Write it in a few words.', {
      purpose: 'Say what for.',
    });
  if (version !== undefined && version !== item.version) return giftChanged();
  const theirs = await comparedKey(s, whose, relationship, said);
  if (!theirs.ok) return theirs;
  const { agreement, epoch, key, mine, pin } = theirs.value;
  const [giver, receiver] = [mine.id, theirs.value.theirs.id];
  if (times !== undefined && !theirs.value.isCounting)
    return fail(
      'grant-uncounted',
      'Their Parley counts no openings. Nothing was given.',
      'Give it without a number.',
    );
  const grant = toHex(s.random(16));
  const { property, value } = item;
  const terms = { grant, version: 1, agreement, giver, receiver, property, purpose: purpose.value };
  const when = { until: until ?? null, epoch, ...(times !== undefined && { times }) };
  const sealed = await sealGrant({ ...terms, ...when }, key, value, (count) => s.random(count));
  if (!sealed)
    return fail(
      'sealing-key-unusable',
      'Nothing can be locked with their key.',
      'Ask them to restart their Parley.',
    );
  // What an item of my own is called stays here; what is given has the name that everybody has for it.
  const { label } = entryOf(property);
  const named = { grant, property, label, purpose: purpose.value, epoch };
  const more = { ...(until !== undefined && { until }), ...(times !== undefined && { times }) };
  const given = await giveFromDevice(s, { relationship, ...named, locked: sealed, ...more });
  if (!given.ok) return given;
  const words = { ...named, ...sealed, until: until ?? null, times };
  if (!(await isWhatWasSaid(given.value, { mine, relationship, words }))) return nodeOdd('give-from-device');
  await s.memory.remember(pinName(whose.home, relationship), pin);
  return ok({ grant, label, code: theirs.value.code, to: theirs.value.name });
}

interface Spoken {
  readonly mine: Log;
  readonly relationship: string;
  readonly words: Readonly<Record<string, unknown>>;
}

/** Whether the record that the node signed is one of this giver's in this relationship, and says what was locked, word for word. */
async function isWhatWasSaid(record: WireRecord, { mine, relationship, words }: Spoken): Promise<boolean> {
  const v = words.times === undefined ? PLAIN : COUNTED;
  const expected = { type: 'grant', v, author: mine.id, rel: relationship, key: mine.nodeKey };
  try {
    const members = new Map(Object.entries((await readRecord(record, expected)).body));
    return Object.entries(words).every(([name, value]) => members.get(name) === value);
  } catch (error) {
    if (error instanceof Unproven) return false;
    throw error;
  }
}
