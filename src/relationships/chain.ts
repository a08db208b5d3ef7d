import { send } from '../delivery/index.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { asIdentity, getPartyRow, ownIdentity, reachOf } from '../parties/index.ts';
import { headOf, readRecord, recordId, recordToWire, signRecord } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { keepAndApply } from './keep-record.ts';
import type { Content, RelationshipDeps, RelationshipRow } from './model.ts';
import { pinned } from './pinned.ts';
import { updateRelationship } from './store.ts';

/** The type of envelope that carries one record of a chain. */
export const RECORD = 'record';

/**
 * Signs a record as me in this relationship, keeps it, applies it to my own rows and sends it, all in this
 * transaction. Fails as the room's reader fails. Answers the record's id.
 */
export async function appendRecord(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  type: string,
  content: Content,
): Promise<Result<string>> {
  const party = await getPartyRow(tx, tx.home);
  if (party?.paused_at !== null) {
    return fail(
      'party-paused',
      'This is a paused copy; it signs nothing.',
      'Act from the node that is in use.',
    );
  }
  if (relationship.reconciling_at !== null) {
    return fail(
      'relationship-reconciling',
      'This node came back from a backup. Until the other side has said what it knows, nothing is signed here.',
      'Wait until their node answers, then try again.',
    );
  }
  const me = await ownIdentity(tx, deps, relationship.mine);
  const other = await pinned(tx, relationship);
  assert(me && other, 'both identities of an open relationship are known');
  const now = deps.clock.now();
  const [mine, theirs] = [
    await headOf(tx, relationship.id, me.id),
    await headOf(tx, relationship.id, other.id),
  ];
  const position = {
    author: me.id,
    rel: relationship.id,
    seq: (mine?.seq ?? 0) + 1,
    prev: mine?.id ?? null,
    seen: theirs?.id ?? null,
    at: now,
  };
  const record = signRecord(position, type, 1, content, me.key, deps.random);
  const payload = readRecord(record);
  if (!payload.ok) return payload;
  const applied = await keepAndApply(tx, deps, relationship, record, payload.value, true, now);
  if (isFailure(applied)) return applied;
  const id = recordId(record);
  await send(tx, deps, {
    to: reachOf(other),
    as: asIdentity(me.id),
    type: RECORD,
    body: { rel: relationship.id, record: { ...recordToWire(record) } },
    about: id,
  });
  await updateRelationship(tx, relationship.id, { last_at: now });
  return ok(id);
}
