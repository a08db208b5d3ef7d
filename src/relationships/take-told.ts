import { z } from 'zod';
import {
  type InboxHandler,
  isPlanned,
  isTaken,
  letGo,
  OUTBOX,
  refusedAndKept,
  settleAbout,
} from '../delivery/index.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { keysOf, keysOfOwn } from '../parties/index.ts';
import {
  aboutRecord,
  countForks,
  hasRecord,
  headOf,
  isFork,
  keepFork,
  malformed,
  type ReadRecord,
  readWhole,
  recordAt,
  recordFromWire,
  recordHolds,
  recordsAfter,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { keepAfterEnd, keepAndApply, newsIn } from './keep-record.ts';
import { RELATIONSHIP_LIMITS } from './limits.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';
import { relationshipOf } from './pinned.ts';
import { ask, hasAsked, isOther, isProof, WANTED } from './reconcile.ts';
import { placeInChain } from './rules.ts';
import { getRelationshipRow, noteSaid, updateRelationship } from './store.ts';
import { sayAgain, takeOut } from './take-out.ts';
import { both, TOLD } from './tell-records.ts';

const instant = z.int().min(0);
const Told = z.object({
  ...{ rel: z.string(), records: z.array(z.unknown()).max(200), isAll: z.boolean() },
  answers: instant.optional(),
});

/** Records that are looked at to see what the other side has acknowledged. */
const LOOKED_AT = 1_000;

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
    return takeAll(tx, deps, relationship, body.data);
  },
};

/** What becomes of one that is told. */
type Taken =
  | 'taken'
  /** It is here, or was kept as proof of a fork before. */
  | 'known'
  /** It comes after something that is not here, or after another record of mine than the one that is here. */
  | 'ahead'
  /** They tell of another record than the one that they have signed a receipt for. */
  | 'contradicts';

/** How far an answer went, and the last of my own records in it that stands here as it was told. */
interface Progress {
  isNews: boolean;
  isDoubtful: boolean;
  upTo: number;
}

async function takeAll(
  tx: Tx,
  deps: RelationshipDeps,
  { id, mine }: RelationshipRow,
  told: z.infer<typeof Told>,
): Promise<Result<unknown>> {
  const progress: Progress = { isNews: false, isDoubtful: false, upTo: 0 };
  for (const wire of told.records) {
    const record = recordFromWire(wire);
    const read = record.ok ? readWhole(record.value) : record;
    if (!read.ok) return read;
    // What the one before has made of it: a resumption follows its pause.
    const row = await getRelationshipRow(tx, tx.home, id);
    if (!row.ok) return row;
    const taken = await takeTold(tx, deps, row.value, read.value);
    if (!taken.ok) return taken;
    if (taken.value === 'contradicts') return ok(refusedAndKept('record-malformed'));
    if (taken.value === 'ahead') return askBack(tx, deps, row.value, progress);
    progress.isNews ||= taken.value === 'taken';
    if (read.value.payload.author !== mine) continue;
    progress.isDoubtful ||= taken.value === 'known';
    if (await hasRecord(tx, tx.home, { rel: id, author: mine }, read.value.id))
      progress.upTo = read.value.payload.seq;
  }
  const row = await getRelationshipRow(tx, tx.home, id);
  return row.ok ? goOn(tx, deps, row.value, told, progress) : row;
}

/** Whoever was told nothing new asks at leisure. */
function nextAt(deps: RelationshipDeps, { isNews }: Progress): number {
  return deps.clock.now() + (isNews ? 0 : RELATIONSHIP_LIMITS.askAgainMs);
}

/**
 * What they tell does not follow what is here: it answers what this node asked before it lost more, or my own chain ends in
 * a branch that they do not have. It was taken as far as it goes, and is asked from where both had the same.
 */
async function askBack(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  progress: Progress,
): Promise<Result<unknown>> {
  const now = deps.clock.now();
  await settleAbout(tx, WANTED, relationship.id, now);
  if (await isPlanned(tx, WANTED, relationship.id, now)) return ok('told');
  const { upTo } = progress;
  await ask(tx, deps, relationship, { at: nextAt(deps, progress), isDoubtful: true, upTo });
  return ok('told');
}

/**
 * Ends the standing still when this is the last of it, else asks on. An answer to a question from shortly after the backup
 * is never the last: what I had sent before may reach them after it.
 */
async function goOn(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  { isAll, answers }: z.infer<typeof Told>,
  progress: Progress,
): Promise<Result<unknown>> {
  const { id, reconciling_at: since } = relationship;
  const { isDoubtful, upTo } = progress;
  const now = deps.clock.now();
  // One answer for each question: what more is told is unasked.
  await settleAbout(tx, WANTED, id, now);
  const at = nextAt(deps, progress);
  // While a question waits for its hour, only news is worth another.
  const isAsked = await isPlanned(tx, WANTED, id, now);
  if (!isAll) {
    if (!isAsked || progress.isNews) await ask(tx, deps, relationship, { at, isDoubtful, upTo });
    return ok('told');
  }
  if (since === null) return sayAgain(tx, deps, relationship);
  // A clock that was set back since would make it wait for a time that is long to come.
  const isAstray = since > now;
  if (isAstray) await updateRelationship(tx, id, { reconciling_at: now });
  const settled = (isAstray ? now : since) + RELATIONSHIP_LIMITS.underWayMs;
  if ((answers ?? now) < settled || isAstray) {
    if (!isAsked || isAstray) await ask(tx, deps, relationship, { at: now < settled ? settled : at });
    return ok('told');
  }
  await updateRelationship(tx, id, { reconciling_at: null });
  // What was signed before the backup and still waits may go now.
  const { other } = await both(tx, deps, relationship);
  await letGo(tx, { sender: relationship.mine, path: other.inbox }, now);
  tx.wake(OUTBOX);
  return sayAgain(tx, deps, { ...relationship, reconciling_at: null });
}

async function takeTold(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  read: ReadRecord,
): Promise<Result<Taken>> {
  const { id, record, payload } = read;
  const { author, rel, seq, seen } = payload;
  const { me, other } = await both(tx, deps, relationship);
  const isMine = author === me.id;
  if (rel !== relationship.id || (!isMine && author !== other.id))
    return malformed('it belongs to another chain');
  const known = isMine ? await keysOfOwn(tx, tx.home, me.id) : await keysOf(tx, tx.home, other.row);
  if (!known.some((key) => recordHolds(record, payload, key))) {
    return malformed('its signature does not hold');
  }
  const place = placeInChain(await headOf(tx, rel, author), payload);
  if (place === 'earlier') {
    // What was taken out of the chain before never comes back into it.
    if (!isMine || (await hasRecord(tx, tx.home, { rel, author }, id)) || (await isFork(tx, id)))
      return ok('known');
    const before = await recordAt(tx, tx.home, rel, author, seq - 1);
    if (payload.prev !== (before?.id ?? null)) return ok('ahead');
  }
  const others = { rel, author: isMine ? other.id : me.id };
  const hasSeen = seen === null || (await hasRecord(tx, tx.home, others, seen));
  if (place === 'too-early' || !hasSeen) return ok('ahead');
  if (place === 'next') {
    const kept = await keepTold(tx, deps, relationship, read, isMine);
    return kept.ok ? ok('taken') : kept;
  }
  // Signed after the backup, before anybody knew: the other side has refused it and holds the one from before. What it has
  // signed a receipt for stays, whatever it tells now; that I signed both is kept.
  if (await isAcknowledged(tx, rel, author, seq)) {
    await keepProof(tx, deps, read);
    return ok('contradicts');
  }
  await takeOut(tx, deps, relationship, seq);
  const row = await getRelationshipRow(tx, tx.home, rel);
  if (!row.ok) return row;
  const kept = await keepTold(tx, deps, row.value, read, isMine);
  return kept.ok ? ok('taken') : kept;
}

async function keepProof(tx: Tx, deps: RelationshipDeps, { record, payload }: ReadRecord): Promise<void> {
  const { rel, author } = payload;
  if ((await countForks(tx, tx.home, rel, author)) < RELATIONSHIP_LIMITS.forks)
    await keepFork(tx, record, payload, deps.clock.now());
}
/** Keeps one that follows, and applies it as when it was said. */
async function keepTold(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  read: ReadRecord,
  isMine: boolean,
): Promise<Result<unknown>> {
  const now = deps.clock.now();
  if (relationship.state === 'ended' && !isMine) return keepAfterEnd(tx, deps, relationship, read, now);
  const applied = await keepAndApply(tx, deps, relationship, read, isMine, now);
  if (isFailure(applied)) deps.log('record.unread');
  if (!isMine) await noteSaid(tx, relationship.id, now, newsIn(deps, read.payload));
  return ok('kept');
}

/** Whether the other side has signed a receipt for a record of this author from a number on. */
async function isAcknowledged(tx: Tx, rel: string, author: string, from: number): Promise<boolean> {
  const after = new Map([[author, from - 1]]);
  const rows = await recordsAfter(tx, tx.home, rel, after, LOOKED_AT);
  return isTaken(
    tx,
    rows.map(({ id }) => aboutRecord(rel, id)),
  );
}
