import { COME_AGAIN, type InboxHandler, refusedAndKept } from '../delivery/index.ts';
import { equalBytes } from '../kernel/bytes.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { keysOf } from '../parties/index.ts';
import {
  countForks,
  hasRecord,
  headOf,
  keepFork,
  malformed,
  type ReadRecord,
  recordAt,
  recordHolds,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { askIfLost } from './ask-if-lost.ts';
import { RECORD } from './chain.ts';
import { keepAfterEnd, keepAndApply, newsIn } from './keep-record.ts';
import { RELATIONSHIP_LIMITS } from './limits.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';
import { pinned, relationshipOf } from './pinned.ts';
import { askOnce } from './reconcile.ts';
import { placeInChain } from './rules.ts';
import { noteSaid } from './store.ts';
import { readCarried, takeTogether } from './take-together.ts';
import { tellFork } from './tell-records.ts';

/** Takes records of the other side into their chain: verified, in order, each once; a fork is kept as proof. */
export const recordHandler: InboxHandler<RelationshipDeps> = {
  type: RECORD,
  async isSpeaker(tx, _deps, envelope, key) {
    const relationship = await relationshipOf(tx, envelope);
    const other = isFailure(relationship) ? undefined : await pinned(tx, relationship);
    return other?.id === envelope.from && equalBytes(other.nodeKey, key);
  },
  async receive(tx, deps, envelope) {
    const relationship = await relationshipOf(tx, envelope);
    if (isFailure(relationship)) return relationship;
    const other = await pinned(tx, relationship);
    if (!other || other.id !== envelope.from)
      return fail('sender-unknown', 'Not the other side of this.', '');
    const read = readCarried(envelope, relationship, other.id);
    if (!read.ok) return read;
    const { record, payload } = read.value;
    const holds = (key: Uint8Array): boolean => recordHolds(record, payload, key);
    // What was signed before a change of keys may come after it.
    if (!holds(other.nodeKey) && !(await keysOf(tx, tx.home, other.row)).some(holds))
      return malformed('its signature does not hold');
    return takeInOrder(tx, deps, relationship, read.value);
  },
  receiveTogether: takeTogether,
};

async function takeInOrder(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  read: ReadRecord,
): Promise<Result<unknown>> {
  const { id, record, payload } = read;
  if (relationship.state === 'refused' || relationship.state === 'asked') {
    return fail('relationship-state', 'There is no agreement to speak under.', '');
  }
  const now = deps.clock.now();
  const head = await headOf(tx, relationship.id, payload.author);
  const place = placeInChain(head, payload);
  if (place === 'earlier') {
    const known = await recordAt(tx, tx.home, relationship.id, payload.author, payload.seq);
    if (known?.id === id) return ok('known');
    // A few prove it as well as many would.
    if ((await countForks(tx, tx.home, relationship.id, payload.author)) < RELATIONSHIP_LIMITS.forks)
      await keepFork(tx, record, payload, now);
    await tellFork(tx, deps, relationship, payload);
    return ok(refusedAndKept('record-fork'));
  }
  if (place === 'too-early') {
    // Records of one author come in their order: what is missing was refused, or was here and is lost.
    await askOnce(tx, deps, relationship);
    return ok(COME_AGAIN);
  }
  const mine = { rel: relationship.id, author: relationship.mine };
  if (payload.seen !== null && !(await hasRecord(tx, tx.home, mine, payload.seen))) {
    // They have seen words of mine that I do not have: this node came back from a backup that is older than those.
    // It is only their word: it is asked about, and nothing else waits for the answer.
    await askOnce(tx, deps, relationship);
    return ok(COME_AGAIN);
  }
  await askIfLost(tx, deps, relationship, payload);
  if (relationship.state === 'ended') return keepAfterEnd(tx, deps, relationship, read, now);
  const applied = await keepAndApply(tx, deps, relationship, read, false, now);
  if (isFailure(applied)) deps.log('record.unread');
  await noteSaid(tx, relationship.id, now, newsIn(deps, payload));
  return ok('kept');
}
