import { fail, ok, type Result } from '../src/kernel/result.ts';
import { readText } from '../src/kernel/text.ts';
import { entryOf } from '../src/vault/catalogue.ts';
import { nodeOdd } from './failures.ts';
import { sealGrant } from './hpke.ts';
import type { VaultItem } from './items.ts';
import { giveFromDevice } from './node.ts';
import { fromBase64url, fromUtf8, toHex } from './octets.ts';
import type { Surroundings, Whose } from './surroundings.ts';
import { comparedKey, pinName } from './their-key.ts';

/** What is given of a sealed item: what it says now and nothing newer, since the node cannot lock what comes after. */
export interface Gift {
  readonly relationship: string;
  readonly purpose: string;
  readonly until?: number | undefined;
  readonly times?: number | undefined;
  /** The code as both have compared it; needed while this device has given nothing in this relationship. */
  readonly code?: string | undefined;
}

export interface Given {
  readonly grant: string;
  readonly label: string;
  readonly code: string;
}

/**
 * Locks an item for the other side on this device, and hands the node what is ready for the signed record. Fails with
 * `keys-uncompared`, `relationship-other`, `their-key-unproven`, `their-key-older`, `input-invalid`, `grant-uncounted`,
 * `node-odd`, and as the node does.
 */
export async function give(
  s: Surroundings,
  whose: Whose,
  item: VaultItem,
  { relationship, purpose: words, until, times, code }: Gift,
): Promise<Result<Given>> {
  const purpose = readText(words);
  if (!purpose.ok || purpose.value.trim() === '')
    return fail('input-invalid', 'Say what it is for.', 'Write it in a few words.', {
      purpose: 'Say what for.',
    });
  const theirs = await comparedKey(s, whose, relationship, code);
  if (!theirs.ok) return theirs;
  const { agreement, epoch, key, mine: giver, theirs: receiver, pin } = theirs.value;
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
  const said = { grant, property, label, purpose: purpose.value, epoch };
  const more = { ...(until !== undefined && { until }), ...(times !== undefined && { times }) };
  const given = await giveFromDevice(s, { relationship, ...said, locked: sealed, ...more });
  if (!given.ok) return given;
  if (!isWhatWasSaid(given.value, { ...said, ...sealed, until: until ?? null, times }))
    return nodeOdd('give-from-device');
  await s.memory.remember(pinName(whose.home, relationship), pin);
  return ok({ grant, label, code: theirs.value.code });
}

/** Whether the record that the node signed says what was locked, word for word. */
function isWhatWasSaid(body: string, said: Readonly<Record<string, unknown>>): boolean {
  try {
    const signed: unknown = JSON.parse(fromUtf8(fromBase64url(body) ?? new Uint8Array(0)) ?? '');
    if (typeof signed !== 'object' || signed === null) return false;
    const members = new Map(Object.entries(signed));
    return Object.entries(said).every(([name, value]) => members.get(name) === value);
  } catch {
    return false;
  }
}
