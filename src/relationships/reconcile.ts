import { z } from 'zod';
import { COME_AGAIN, countWaiting, type InboxHandler, isTaken, send } from '../delivery/index.ts';
import { equalBytes } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import { assert, isFailure, ok, type Result } from '../kernel/result.ts';
import { keysOf, keysOfOwn, type OwnIdentity, ownIdentity, reachOf } from '../parties/index.ts';
import {
  dropFrom,
  hasRecord,
  headOf,
  malformed,
  readRecord,
  recordAt,
  recordFromWire,
  recordHolds,
  recordId,
  recordsAfter,
  recordToWire,
  type SignedRecord,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { keepAfterEnd, keepAndApply } from './keep-record.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';
import { pinned, relationshipOf } from './pinned.ts';
import { placeInChain } from './rules.ts';
import { updateRelationship } from './store.ts';

/** What I have of both chains, and: what the asker lacks. */
const WANTED = 'heads-wanted';
const TOLD = 'records-told';

const seq = z.int().min(0);
const Wanted = z.object({ rel: z.string(), asker: seq, asked: seq, proof: z.unknown().optional() });
const Told = z.object({ rel: z.string(), records: z.array(z.unknown()).max(200), isAll: z.boolean() });

/** Answers that may wait for one other side at a time: one is large, and the question is not. */
const ANSWERS_WAITING = 3;
/** Records in one answer, and the characters they may take. */
const AT_ONCE = 50;
const CHARS = 180_000;

/**
 * From now on nothing is signed in this relationship until the other side has said what it knows of it: all that comes
 * after what is here, and of my own chain from where theirs is another.
 */
export async function beginReconciling(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  forkedAt?: number,
): Promise<void> {
  if (relationship.theirs === null || relationship.state === 'refused') return;
  await updateRelationship(tx, relationship.id, { reconciling_at: deps.clock.now() });
  await ask(tx, deps, relationship, forkedAt);
}

/** Asks, unless an earlier question still waits to be sent. */
export async function askOnce(tx: Tx, deps: RelationshipDeps, relationship: RelationshipRow): Promise<void> {
  if ((await countWaiting(tx, WANTED, relationship.id)) === 0) await ask(tx, deps, relationship);
}

/** Says how far both chains go here. Under a name of its own, so that nothing that waits holds it back. */
async function ask(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  forkedAt?: number,
): Promise<void> {
  const { me, other } = await both(tx, deps, relationship);
  const asker =
    forkedAt === undefined ? ((await headOf(tx, relationship.id, me.id))?.seq ?? 0) : forkedAt - 1;
  const asked = (await headOf(tx, relationship.id, other.id))?.seq ?? 0;
  const last = await recordAt(tx, tx.home, relationship.id, other.id, asked);
  // Their own signature shows them that there is as much as that.
  const proof = last && { ...recordToWire({ ...last, body: undefined }) };
  await send(tx, deps, {
    to: reachOf(other),
    as: aside(deps, me),
    type: WANTED,
    body: { rel: relationship.id, asker, asked, ...(proof && { proof }) },
    about: relationship.id,
  });
}

function aside(deps: RelationshipDeps, me: OwnIdentity): { name: string; signer: string } {
  return { name: newId(deps.random), signer: `identity/${me.id}` };
}

async function both(tx: Tx, deps: RelationshipDeps, relationship: RelationshipRow) {
  const me = await ownIdentity(tx, deps, relationship.mine);
  const other = await pinned(tx, relationship);
  assert(me && other, 'both identities of an open relationship are known');
  return { me, other };
}

const isOther: InboxHandler<RelationshipDeps>['isSpeaker'] = async (tx, _deps, envelope, key) => {
  const relationship = await relationshipOf(tx, envelope);
  const other = isFailure(relationship) ? undefined : await pinned(tx, relationship);
  return other !== undefined && equalBytes(other.nodeKey, key);
};

/** The other side came back from a backup: it gets what it lacks, its own words too. */
export const headsWanted: InboxHandler<RelationshipDeps> = {
  type: WANTED,
  isSpeaker: isOther,
  async receive(tx, deps, envelope) {
    const body = Wanted.safeParse(envelope.body);
    const relationship = await relationshipOf(tx, envelope);
    if (isFailure(relationship)) return relationship;
    if (!body.success) return malformed('it names no heads');
    if ((await countWaiting(tx, TOLD, relationship.id)) >= ANSWERS_WAITING) return ok(COME_AGAIN);
    const { me, other } = await both(tx, deps, relationship);
    const heads = new Map([
      [other.id, body.data.asker],
      [me.id, body.data.asked],
    ]);
    const rows = await recordsAfter(tx, tx.home, relationship.id, heads, AT_ONCE + 1);
    const records: object[] = [];
    let chars = 0;
    for (const row of rows.slice(0, AT_ONCE)) {
      const wire = recordToWire({ ...row, body: row.body ?? undefined });
      chars += JSON.stringify(wire).length;
      if (records.length > 0 && chars > CHARS) break;
      records.push({ ...wire });
    }
    const told = { rel: relationship.id, records, isAll: records.length === rows.length };
    await send(tx, deps, {
      to: reachOf(other),
      as: aside(deps, me),
      type: TOLD,
      body: json(told),
      about: relationship.id,
    });
    // Whoever asks knows more of my own words than I do: then it is I who came back from a backup.
    const mine = (await headOf(tx, relationship.id, me.id))?.seq ?? 0;
    if (relationship.reconciling_at === null && (await isMyLater(tx, relationship, body.data.proof, mine))) {
      await beginReconciling(tx, deps, relationship);
    }
    return ok('told');
  },
};

/** Whether this is a record that I signed after the last one that is here. */
async function isMyLater(
  tx: Tx,
  relationship: RelationshipRow,
  wire: unknown,
  last: number,
): Promise<boolean> {
  const record = recordFromWire(wire);
  const payload = record.ok ? readRecord(record.value) : record;
  if (!record.ok || !payload.ok) return false;
  const { author, rel, seq: number } = payload.value;
  if (author !== relationship.mine || rel !== relationship.id || number <= last) return false;
  const keys = await keysOfOwn(tx, tx.home, relationship.mine);
  return keys.some((key) => recordHolds(record.value, payload.value, key));
}

/** What I lacked: every record is verified as if it came now, and applied as it was then. */
export const recordsTold: InboxHandler<RelationshipDeps> = {
  type: TOLD,
  isSpeaker: isOther,
  async receive(tx, deps, envelope) {
    const body = Told.safeParse(envelope.body);
    const relationship = await relationshipOf(tx, envelope);
    if (isFailure(relationship)) return relationship;
    if (!body.success) return malformed('it tells no records');
    if (relationship.reconciling_at === null) {
      // Unasked, only my own signature counts: on records that this node has lost.
      const mine = (await headOf(tx, relationship.id, relationship.mine))?.seq ?? 0;
      const proofs = await Promise.all(
        body.data.records.map((wire) => isMyLater(tx, relationship, wire, mine)),
      );
      if (!proofs.includes(true)) return ok('told');
    }
    for (const wire of body.data.records) {
      const record = recordFromWire(wire);
      if (!record.ok) return record;
      const taken = await takeTold(tx, deps, relationship, record.value);
      if (isFailure(taken)) return taken;
    }
    if (body.data.isAll) await updateRelationship(tx, relationship.id, { reconciling_at: null });
    else await ask(tx, deps, relationship);
    return ok('told');
  },
};

async function takeTold(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  record: SignedRecord,
): Promise<Result<unknown>> {
  const payload = readRecord(record);
  if (!payload.ok) return payload;
  const { me, other } = await both(tx, deps, relationship);
  const { author, rel } = payload.value;
  const isMine = author === me.id;
  if (rel !== relationship.id || (!isMine && author !== other.id))
    return malformed('it belongs to another chain');
  const known = isMine ? await keysOfOwn(tx, tx.home, me.id) : await keysOf(tx, tx.home, other.row);
  if (!known.some((key) => recordHolds(record, payload.value, key))) {
    return malformed('its signature does not hold');
  }
  const head = await headOf(tx, rel, author);
  const now = deps.clock.now();
  const place = placeInChain(head, payload.value);
  if (place === 'earlier') {
    const here = await recordAt(tx, tx.home, rel, author, payload.value.seq);
    if (here?.id === recordId(record) || !isMine) return ok('known');
    const before = await recordAt(tx, tx.home, rel, author, payload.value.seq - 1);
    if (payload.value.prev !== (before?.id ?? null)) return malformed('it does not follow');
    // Signed after the backup, before anybody knew: the other side has refused it and holds the one from before. What
    // it has signed a receipt for stays, whatever it tells now.
    if (await isAcknowledged(tx, rel, author, payload.value.seq))
      return malformed('it has acknowledged another');
    await dropFrom(tx, rel, author, payload.value.seq, now);
  } else if (place === 'too-early') {
    return malformed('it does not follow');
  }
  const read = { id: recordId(record), record, payload: payload.value };
  const others = { rel, author: isMine ? other.id : me.id };
  if (payload.value.seen !== null && !(await hasRecord(tx, tx.home, others, payload.value.seen)))
    return malformed('it has seen what is not here');
  if (relationship.state === 'ended' && !isMine) return keepAfterEnd(tx, deps, relationship, read, now);
  const applied = await keepAndApply(tx, deps, relationship, read, isMine, now);
  if (isFailure(applied)) deps.log('record.unread');
  return ok(recordId(record));
}

function json(value: object): Record<string, never> {
  return value as Record<string, never>; // plain JSON: texts, numbers and lists of records in wire form
}

/** Whether the other side has signed a receipt for a record of this author from a number on. */
async function isAcknowledged(tx: Tx, rel: string, author: string, from: number): Promise<boolean> {
  const after = new Map([[author, from - 1]]);
  const rows = await recordsAfter(tx, tx.home, rel, after, AT_ONCE * 20);
  return isTaken(
    tx,
    rows.map((row) => row.id),
  );
}
