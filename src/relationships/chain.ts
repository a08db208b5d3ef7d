import { send } from '../delivery/index.ts';
import type { Instant } from '../kernel/clock.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { asIdentity, correspondentsOf, reachOf } from '../parties/index.ts';
import { aboutRecord, endsOf, recordToWire, writeRecord } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { keepAndApply } from './keep-record.ts';
import { RELATIONSHIP_LIMITS } from './limits.ts';
import type { Content, RelationshipDeps, RelationshipRow } from './model.ts';
import { noteSaid } from './store.ts';

/** The type of envelope that carries one record of a chain. */
export const RECORD = 'record';

/**
 * What takes something back does not wait for an answer that may never come. It is held like everything that is signed here
 * until then; when it turns out that something else had its number, it is said again after that.
 */
export const TAKES_BACK = ['grant-stopped', 'relationship-ended'];

/** Whether it has stood still for so long that nobody need wait any more. */
export function isSilent({ reconciling_at: since }: RelationshipRow, now: Instant): boolean {
  // A clock that was set back since makes nobody wait for longer.
  return since !== null && Math.abs(now - since) >= RELATIONSHIP_LIMITS.silentMs;
}

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
  v = 1,
): Promise<Result<string>> {
  const { id: rel, mine, theirs } = relationship;
  const between = theirs === null ? undefined : await correspondentsOf(tx, deps, mine, theirs);
  assert(between, 'both identities of an open relationship are known');
  const { key, other } = between;
  if (between.isPaused) {
    return fail(
      'party-paused',
      'This is a paused copy; it signs nothing.',
      'Act from the node that is in use.',
    );
  }
  const now = deps.clock.now();
  if (relationship.reconciling_at !== null && !(TAKES_BACK.includes(type) && isSilent(relationship, now))) {
    return fail(
      'relationship-reconciling',
      'This node came back from a backup. Until the other side has said what it knows, nothing is signed here: five minutes, and longer where their node does not answer.',
      'Wait until their node has answered, then try again. When it has not for an hour, you can end this or stop sharing all the same.',
    );
  }
  const ends = await endsOf(tx, rel, mine, other.id);
  const position = { author: mine, rel, seq: ends.seq + 1, prev: ends.mine, seen: ends.theirs, at: now };
  const written = writeRecord(position, type, v, content, key, deps.random);
  const applied = await keepAndApply(tx, deps, relationship, written, true, now, ends.place);
  if (isFailure(applied)) return applied;
  const { id, record } = written;
  await send(tx, deps, {
    to: reachOf(other),
    as: asIdentity(mine),
    type: RECORD,
    body: { rel, record: { ...recordToWire(record) } },
    about: aboutRecord(rel, id),
  });
  await noteSaid(tx, rel, now, 0);
  return ok(id);
}
