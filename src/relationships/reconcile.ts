import { z } from 'zod';
import {
  COME_AGAIN,
  countWaiting,
  type InboxHandler,
  lastSent,
  send,
  statesAbout,
} from '../delivery/index.ts';
import { equalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { isFailure, ok } from '../kernel/result.ts';
import { keysOfOwn, reachOf } from '../parties/index.ts';
import {
  aboutRecord,
  findRecord,
  hasRecord,
  headOf,
  isFork,
  malformed,
  type RecordPayload,
  type RecordRow,
  readRecord,
  recordAt,
  recordFromWire,
  recordHolds,
  recordId,
  recordsAfter,
  recordToWire,
} from '../records/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { TAKES_BACK } from './chain.ts';
import { RELATIONSHIP_LIMITS } from './limits.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';
import { pinned, relationshipOf } from './pinned.ts';
import { updateRelationship } from './store.ts';
import { aside, both, tellAfter } from './tell-records.ts';

/** The type of envelope that says what I have of both chains. */
export const WANTED = 'heads-wanted';

/** The topic that wakes whoever holds something back while a relationship stands still, after a commit. */
export const RECONCILING = 'reconciling';

const seq = z.int().min(0);
const instant = z.int().min(0);
const Wanted = z.object({
  ...{ rel: z.string(), asker: seq, asked: seq, proof: z.unknown().optional() },
  at: instant.optional(),
});

/**
 * From now on nothing is signed in this relationship until the other side has said what it knows of it: all that comes
 * after what is here.
 */
export async function beginReconciling(tx: Tx, deps: BaseDeps, relationship: RelationshipRow): Promise<void> {
  if (relationship.theirs === null || relationship.state === 'refused') return;
  await updateRelationship(tx, relationship.id, { reconciling_at: deps.clock.now() });
  tx.wake(RECONCILING);
  await ask(tx, deps, relationship);
}

/** Asks, unless it was asked a moment ago, or an earlier question still waits to be sent. */
export async function askOnce(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  asking: Asking = {},
): Promise<void> {
  const before = await lastSent(tx, WANTED, relationship.id);
  const isLate = before === undefined || deps.clock.now() - before >= RELATIONSHIP_LIMITS.askAgainMs;
  if (isLate && (await countWaiting(tx, WANTED, relationship.id)) === 0)
    await ask(tx, deps, relationship, asking);
}

/** Whether an answer may still come to a question of mine. */
export async function hasAsked(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
): Promise<boolean> {
  const before = await lastSent(tx, WANTED, relationship.id);
  return before !== undefined && deps.clock.now() - before < RELATIONSHIP_LIMITS.answerMs;
}

interface Asking {
  readonly at?: Instant;
  /** The end of my own chain may be a branch that they do not have: only what they have shown to have counts. */
  readonly isDoubtful?: boolean;
  /** A record of mine up to which they have just told the same. */
  readonly upTo?: number;
}

/** Says how far both chains go here. Under a name of its own, so that nothing that waits holds it back. */
export async function ask(
  tx: Tx,
  deps: BaseDeps,
  relationship: RelationshipRow,
  { at = deps.clock.now(), isDoubtful = false, upTo = 0 }: Asking = {},
): Promise<void> {
  const { me, other } = await both(tx, deps, relationship);
  const asked = (await headOf(tx, relationship.id, other.id))?.seq ?? 0;
  const last = await recordAt(tx, tx.home, relationship.id, other.id, asked);
  const asker = isDoubtful
    ? Math.max(upTo, await seenOfMine(tx, relationship, last))
    : await lastThatLeft(tx, relationship);
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

/** Records at the end of my chain among which those are looked for that were signed while it stood still. */
const LOOKED_AT = 50;

/**
 * The number of my last record. What took something back while it stood still has left for nobody, and stands where
 * something else may have stood: that is asked for.
 */
async function lastThatLeft(tx: Tx, relationship: RelationshipRow): Promise<number> {
  const { id: rel, mine, reconciling_at: since } = relationship;
  const last = (await headOf(tx, rel, mine))?.seq ?? 0;
  if (since === null) return last;
  const ends = await recordsAfter(tx, tx.home, rel, new Map([[mine, last - LOOKED_AT]]), LOOKED_AT);
  const takesBack = ends.filter(({ type }) => TAKES_BACK.includes(type));
  const states = await statesAbout(
    tx,
    tx.home,
    takesBack.map(({ id }) => aboutRecord(rel, id)),
  );
  const held = takesBack.find(({ id }) => ['saved', 'dead'].includes(states.get(aboutRecord(rel, id)) ?? ''));
  return held ? held.seq - 1 : last;
}

/** The number of my last record that this one of theirs says to have seen, as long as it is in my chain. */
async function seenOfMine(
  tx: Tx,
  relationship: RelationshipRow,
  last: RecordRow | undefined,
): Promise<number> {
  const payload = last && readRecord({ ...last, body: undefined });
  const id = payload?.ok ? payload.value.seen : null;
  const seen = id === null ? undefined : await findRecord(tx, tx.home, relationship.id, id);
  return seen?.author === relationship.mine ? seen.seq : 0;
}

export const isOther: InboxHandler<RelationshipDeps>['isSpeaker'] = async (tx, _deps, envelope, key) => {
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
    if (!(await tellAfter(tx, deps, relationship, { theirs, mine }, { answers: at }))) return ok(COME_AGAIN);
    if (relationship.reconciling_at !== null) return ok('told');
    // They have said more than I have heard: it is under way, or was here and is lost.
    const heard = (await headOf(tx, relationship.id, relationship.theirs ?? ''))?.seq ?? 0;
    if (!(await isProof(tx, relationship, body.data.proof))) {
      if (theirs > heard) await askOnce(tx, deps, relationship);
      return ok('told');
    }
    // Whoever asks knows words of mine that I do not: this node came back from a backup, or signed others in their place.
    const last = (await headOf(tx, relationship.id, relationship.mine))?.seq ?? 0;
    const proof = await signedByMe(tx, relationship, body.data.proof);
    if (proof && proof.payload.seq > last) await beginReconciling(tx, deps, relationship);
    else await askOnce(tx, deps, relationship, { isDoubtful: true });
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
export async function isProof(tx: Tx, relationship: RelationshipRow, wire: unknown): Promise<boolean> {
  const signed = await signedByMe(tx, relationship, wire);
  if (!signed) return false;
  const mine = { rel: relationship.id, author: relationship.mine };
  return !(await hasRecord(tx, tx.home, mine, signed.id)) && !(await isFork(tx, signed.id));
}
