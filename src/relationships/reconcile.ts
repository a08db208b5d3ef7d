import { z } from 'zod';
import {
  COME_AGAIN,
  countWaiting,
  dropAbout,
  type InboxHandler,
  isTaken,
  lastSent,
  letGo,
  OUTBOX,
  refusedAndKept,
  send,
  settleAbout,
} from '../delivery/index.ts';
import { equalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { keysOf, keysOfOwn, reachOf } from '../parties/index.ts';
import {
  countForks,
  dropFrom,
  hasRecord,
  headOf,
  isFork,
  keepFork,
  malformed,
  type RecordPayload,
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
import { RELATIONSHIP_LIMITS } from './limits.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';
import { pinned, relationshipOf } from './pinned.ts';
import { placeInChain } from './rules.ts';
import { noteSaid, updateRelationship } from './store.ts';
import { aside, both, TOLD, tellAfter } from './tell-records.ts';

/** The type of envelope that says what I have of both chains. */
const WANTED = 'heads-wanted';

const seq = z.int().min(0);
const instant = z.int().min(0);
const Wanted = z.object({
  ...{ rel: z.string(), asker: seq, asked: seq, proof: z.unknown().optional() },
  at: instant.optional(),
});
const Told = z.object({
  ...{ rel: z.string(), records: z.array(z.unknown()).max(200), isAll: z.boolean() },
  answers: instant.optional(),
});

/** Records that are looked at to see what the other side has acknowledged. */
const LOOKED_AT = 1_000;

/**
 * From now on nothing is signed in this relationship until the other side has said what it knows of it: all that comes
 * after what is here.
 */
export async function beginReconciling(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
): Promise<void> {
  if (relationship.theirs === null || relationship.state === 'refused') return;
  await updateRelationship(tx, relationship.id, { reconciling_at: deps.clock.now() });
  await ask(tx, deps, relationship);
}

/** Asks, unless it was asked a moment ago, or an earlier question still waits to be sent. */
export async function askOnce(tx: Tx, deps: RelationshipDeps, relationship: RelationshipRow): Promise<void> {
  const before = await lastSent(tx, WANTED, relationship.id);
  const isLate = before === undefined || deps.clock.now() - before >= RELATIONSHIP_LIMITS.askAgainMs;
  if (isLate && (await countWaiting(tx, WANTED, relationship.id)) === 0) await ask(tx, deps, relationship);
}

/** Whether an answer may still come to a question of mine. */
async function hasAsked(tx: Tx, deps: RelationshipDeps, relationship: RelationshipRow): Promise<boolean> {
  const before = await lastSent(tx, WANTED, relationship.id);
  return before !== undefined && deps.clock.now() - before < RELATIONSHIP_LIMITS.answerMs;
}

/** Says how far both chains go here. Under a name of its own, so that nothing that waits holds it back. */
async function ask(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  at: Instant = deps.clock.now(),
): Promise<void> {
  const { me, other } = await both(tx, deps, relationship);
  const asker = (await headOf(tx, relationship.id, me.id))?.seq ?? 0;
  const asked = (await headOf(tx, relationship.id, other.id))?.seq ?? 0;
  const last = await recordAt(tx, tx.home, relationship.id, other.id, asked);
  // Their own signature shows them that there is as much as that.
  const proof = last && { ...recordToWire({ ...last, body: undefined }) };
  await send(tx, deps, {
    to: reachOf(other),
    as: aside(deps, me),
    type: WANTED,
    body: { rel: relationship.id, asker, asked, at, ...(proof && { proof }) },
    about: relationship.id,
    notBefore: at,
  });
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
    const { asker: theirs, asked: mine, at } = body.data;
    if (!(await tellAfter(tx, deps, relationship, { theirs, mine }, at))) return ok(COME_AGAIN);
    // Whoever asks knows more of my own words than I do: then it is I who came back from a backup.
    const last = (await headOf(tx, relationship.id, relationship.mine))?.seq ?? 0;
    const proof = await signedByMe(tx, relationship, body.data.proof);
    const isNews = proof && proof.payload.seq > last && !(await isFork(tx, proof.id));
    if (relationship.reconciling_at === null && isNews) await beginReconciling(tx, deps, relationship);
    return ok('told');
  },
};

/** A record of mine in this relationship that bears a signature of mine; undefined for anything else. */
async function signedByMe(
  tx: Tx,
  relationship: RelationshipRow,
  wire: unknown,
): Promise<{ readonly id: string; readonly payload: RecordPayload } | undefined> {
  const record = recordFromWire(wire);
  const payload = record.ok ? readRecord(record.value) : record;
  if (!record.ok || !payload.ok) return undefined;
  const { author, rel } = payload.value;
  if (author !== relationship.mine || rel !== relationship.id) return undefined;
  const keys = await keysOfOwn(tx, tx.home, relationship.mine);
  const holds = keys.some((key) => recordHolds(record.value, payload.value, key));
  return holds ? { id: recordId(record.value), payload: payload.value } : undefined;
}

/**
 * Whether this proves that I signed what is not here: words that this node has lost, or others under a number that is
 * taken here. Nobody but I can make such a proof, and what is kept as proof already says nothing new.
 */
async function isProof(tx: Tx, relationship: RelationshipRow, wire: unknown): Promise<boolean> {
  const signed = await signedByMe(tx, relationship, wire);
  if (!signed) return false;
  const mine = { rel: relationship.id, author: relationship.mine };
  return !(await hasRecord(tx, tx.home, mine, signed.id)) && !(await isFork(tx, signed.id));
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
    if (relationship.reconciling_at === null && !(await hasAsked(tx, deps, relationship))) {
      // Unasked, only my own signature counts.
      const proofs = await Promise.all(body.data.records.map((wire) => isProof(tx, relationship, wire)));
      if (!proofs.includes(true)) return ok('told');
    }
    // One answer for each question: what more is told is unasked.
    await settleAbout(tx, WANTED, relationship.id);
    let isNews = false;
    for (const wire of body.data.records) {
      const record = recordFromWire(wire);
      if (!record.ok) return record;
      // What the one before has made of it: a resumption follows its pause.
      const row = await relationshipOf(tx, envelope);
      if (isFailure(row)) return row;
      const taken = await takeTold(tx, deps, row, record.value);
      if (isFailure(taken)) return taken;
      if (taken.value === CONTRADICTS) return ok(refusedAndKept('record-malformed'));
      if (taken.value === AHEAD) return dropAhead(tx, deps, relationship);
      isNews ||= taken.value !== KNOWN;
    }
    await goOn(tx, deps, relationship, body.data, isNews);
    return ok('told');
  },
};

/**
 * Ends the standing still when this is the last of it, else asks on. An answer to a question from shortly after the backup
 * is never the last: what I had sent before may reach them after it. Who tells nothing new is asked at leisure.
 */
async function goOn(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  { isAll, answers }: z.infer<typeof Told>,
  isNews: boolean,
): Promise<void> {
  const { id, reconciling_at: since } = relationship;
  const now = deps.clock.now();
  const next = isNews ? now : now + RELATIONSHIP_LIMITS.askAgainMs;
  if (!isAll) return ask(tx, deps, relationship, next);
  if (since === null) return;
  const settled = since + RELATIONSHIP_LIMITS.underWayMs;
  if ((answers ?? now) >= settled) {
    await updateRelationship(tx, id, { reconciling_at: null });
    const { other } = await both(tx, deps, relationship);
    await letGo(tx, { sender: relationship.mine, path: other.inbox }, now);
    tx.wake(OUTBOX);
  } else await ask(tx, deps, relationship, now < settled ? settled : next);
}

/** They tell of another record than the one that they have signed a receipt for. */
const CONTRADICTS = 'contradicts';
/** It comes after something that is not here. */
const AHEAD = 'ahead';
const KNOWN = 'known';

/** Told as an answer it is wrong; else it answers what this node asked before it lost more, and asks anew. */
async function dropAhead(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
): Promise<Result<unknown>> {
  if (relationship.reconciling_at !== null) return malformed('it does not follow');
  await askOnce(tx, deps, relationship);
  return ok('told');
}

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
    // What was taken out of the chain before never comes back into it.
    if (here?.id === recordId(record) || !isMine || (await isFork(tx, recordId(record)))) return ok(KNOWN);
    const before = await recordAt(tx, tx.home, rel, author, payload.value.seq - 1);
    if (payload.value.prev !== (before?.id ?? null)) return malformed('it does not follow');
    // Signed after the backup, before anybody knew: the other side has refused it and holds the one from before. What
    // it has signed a receipt for stays, whatever it tells now; that I signed both is kept.
    if (await isAcknowledged(tx, rel, author, payload.value.seq)) {
      if ((await countForks(tx, tx.home, rel, author)) < RELATIONSHIP_LIMITS.forks)
        await keepFork(tx, record, payload.value, now);
      return ok(CONTRADICTS);
    }
    await dropAbout(tx, await dropFrom(tx, rel, author, payload.value.seq, now), now);
  } else if (place === 'too-early') {
    return ok(AHEAD);
  }
  const read = { id: recordId(record), record, payload: payload.value };
  const others = { rel, author: isMine ? other.id : me.id };
  if (payload.value.seen !== null && !(await hasRecord(tx, tx.home, others, payload.value.seen)))
    return malformed('it has seen what is not here');
  if (relationship.state === 'ended' && !isMine) return keepAfterEnd(tx, deps, relationship, read, now);
  const applied = await keepAndApply(tx, deps, relationship, read, isMine, now);
  if (isFailure(applied)) deps.log('record.unread');
  if (!isMine) await noteSaid(tx, rel, now, 1);
  return ok(recordId(record));
}

/** Whether the other side has signed a receipt for a record of this author from a number on. */
async function isAcknowledged(tx: Tx, rel: string, author: string, from: number): Promise<boolean> {
  const after = new Map([[author, from - 1]]);
  const rows = await recordsAfter(tx, tx.home, rel, after, LOOKED_AT);
  return isTaken(
    tx,
    rows.map((row) => row.id),
  );
}
