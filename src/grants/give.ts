import { toBase64url } from '../kernel/bytes.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { sealForSelf } from '../parties/index.ts';
import { countRecords } from '../records/index.ts';
import { appendRecord, type RelationshipDeps, type RelationshipRow } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { COUNTED } from './content.ts';
import { sealGrant } from './keys-rules.ts';
import type { GrantRow } from './model.ts';
import { epochAfter } from './standing-rules.ts';
import { grantsOf } from './store.ts';
import { termsOf } from './terms-of.ts';
import { theirLock } from './their-key.ts';
import { keyContext, valueGiven } from './values.ts';

/** The epoch that an author is in: what they stopped is in their chain, so no backup brings an old one back. */
export async function epochOf(tx: Tx, rel: string, author: string): Promise<number> {
  return epochAfter(await countRecords(tx, rel, author, 'grant-stopped'));
}

const UNUSABLE = fail(
  'sealing-key-unusable',
  'Nothing can be locked with the key that their Parley has named. Nothing was given.',
  'Ask them to restart their Parley, or give it once they have named another one.',
);

/** What one record gives: which grant, the value, and whether it is the first. */
interface Giving {
  readonly row: GrantRow;
  readonly value: string;
  readonly label: string;
  readonly version: number;
}

/**
 * Gives one value as a key to it: sealed to the other side, with a copy of the key that only I can open. Fails with
 * `sealing-key-unusable`.
 */
export async function giveSealed(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  { row, value, label, version }: Giving,
  recipient: Uint8Array,
): Promise<Result<string>> {
  const { id: grant, property, purpose, until_at: until } = row;
  const epoch = await epochOf(tx, relationship.id, relationship.mine);
  const counted = row.times === null ? {} : { times: row.times };
  const said = { grant, version, property, label, purpose, until, epoch, ...counted };
  const sealed = sealGrant(termsOf(relationship, true, said), recipient, value, deps.random);
  if (!sealed) return UNUSABLE;
  const context = keyContext(grant, version);
  const own = await sealForSelf(tx, deps, relationship.mine, sealed.grantKey, context);
  const content = {
    ...said,
    follows: row.is_following === true,
    to: toBase64url(recipient),
    enc: toBase64url(sealed.enc),
    key: toBase64url(sealed.key),
    value: toBase64url(sealed.value),
    own: toBase64url(own),
  };
  const isCounted = row.times !== null;
  return version === 1
    ? appendRecord(tx, deps, relationship, 'grant', content, isCounted ? COUNTED : 2)
    : appendRecord(tx, deps, relationship, 'grant-updated', content, isCounted ? 2 : 1);
}

/**
 * Sends what was planned, one record a field; what has passed its end meanwhile is not given any more. Nothing goes to
 * somebody who has announced no key: it waits, until they do or its owner says that it may lie readable there. What may be opened
 * so often only waits for a Parley that counts.
 */
export async function sendPlannedGrants(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  isReadable = false,
): Promise<Result<string[]>> {
  const records: string[] = [];
  const now = deps.clock.now();
  const lock = await theirLock(tx, tx.home, relationship.id);
  const key = lock?.key;
  if (!key && !isReadable) return ok(records);
  for (const row of await grantsOf(tx, tx.home, relationship.id)) {
    if (!row.is_mine || row.state !== 'planned' || (row.until_at ?? now + 1) <= now) continue;
    if (row.times !== null && !lock?.isCounting) continue;
    const value = await valueGiven(tx, deps, tx.home, relationship, row);
    assert(value !== undefined, 'what was chosen to be given opens here');
    const giving = { row, value, label: row.label, version: 1 };
    const sent = key
      ? await giveSealed(tx, deps, relationship, giving, key)
      : await giveReadable(tx, deps, relationship, giving);
    if (isFailure(sent)) return sent;
    records.push(sent.value);
  }
  return ok(records);
}

function giveReadable(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  { row, value, label }: Giving,
): Promise<Result<string>> {
  const { id: grant, property, purpose, until_at: until } = row;
  const content = { grant, property, label, value, purpose, until };
  return appendRecord(tx, deps, relationship, 'grant', content);
}
