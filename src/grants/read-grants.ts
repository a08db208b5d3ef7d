import type { z } from 'zod';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { eraseBody } from '../records/index.ts';
import { type Entry, type RecordReader, recordReader } from '../relationships/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { noteHolder } from '../vault/index.ts';
import { COUNTED, CountedContent, ReadableGrant, SealedContent } from './content.ts';
import { epochOf } from './give.ts';
import type { GrantRow } from './model.ts';
import { endIfSpent, openingsTold } from './spent.ts';
import { type Standing, verdictOnGrant, verdictOnNewer, verdictOnUnheard } from './standing-rules.ts';
import { stop } from './stopping.ts';
import { getGrantRow, insertGrant, updateGrant } from './store.ts';
import { lostGrants, wasStopped } from './unheard.ts';

/** What a grant says, whether its value is in it sealed or readable. */
type Said = Pick<SealedContent, 'grant' | 'property' | 'label' | 'purpose' | 'until'> &
  Partial<Pick<CountedContent, 'version' | 'epoch' | 'follows' | 'times'>>;

/** A value under a key, with or without a number of openings. */
type Sealed = SealedContent & Partial<Pick<CountedContent, 'times'>>;

const EXISTS = fail('grant-exists', 'That grant was given before.', 'Nothing was changed.');

/** Takes a grant into its row: what was planned is given now, and what is new to this side stands here from now on. */
async function keepGrant(tx: Tx, entry: Entry<Said>): Promise<Result<unknown>> {
  const { id: record, isMine, content } = entry;
  const known = await getGrantRow(tx, tx.home, content.grant);
  if (known && !(isMine && isUngiven(known))) return EXISTS;
  await keepRow(tx, entry, { record, carrier: null }, known);
  return ok(undefined);
}

/** The row of what is given: a new one, or that of what was planned. */
async function keepRow(
  tx: Tx,
  { relationship, isMine, content, at }: Entry<Said>,
  where: Pick<GrantRow, 'record' | 'carrier'>,
  planned: GrantRow | undefined,
): Promise<void> {
  const { grant, property, label, purpose, until } = content;
  const { version = null, epoch = null, follows = null, times = null } = content;
  const given = { version, epoch, is_following: follows, times, value: null, planned: null };
  const sent = {
    state: 'active' as const,
    since_at: at,
    stopped_at: null,
    stopped_by: null,
    ...where,
    ...given,
  };
  if (!planned) {
    const named = { id: grant, rel: relationship.id, is_mine: isMine, property, label, item: null, purpose };
    return insertGrant(tx, { ...named, ...sent, until_at: until });
  }
  await updateGrant(tx, grant, sent);
  if (planned.item !== null) await noteHolder(tx, relationship.id, [planned.item], until ?? undefined);
}

/** A newer value takes the place of the one before, whose key is erased on both sides. */
async function keepNewer(
  tx: Tx,
  row: GrantRow,
  { id: carrier, content }: Entry<Sealed>,
): Promise<Result<unknown>> {
  for (const before of [row.record, row.carrier]) if (before !== null) await eraseBody(tx, row.rel, before);
  const { version, epoch, label, follows } = content;
  await updateGrant(tx, row.id, { carrier, version, epoch, label, is_following: follows });
  return ok(undefined);
}

/**
 * After a backup the first value is told without its body, which the newer one has erased: then that newer one says all there
 * is to know, and makes the row, so that what is shared is seen and can be stopped. Which of several such it belonged to
 * nobody can tell.
 */
async function keepUnheard(
  tx: Tx,
  deps: BaseDeps,
  entry: Entry<Sealed>,
  planned: GrantRow | undefined,
): Promise<Result<unknown>> {
  const { relationship, isMine, id, content, at } = entry;
  const author = giverOf(entry);
  const lost = await lostGrants(tx, relationship.id, author);
  const isStopped = await wasStopped(tx, relationship.id, isMine, content.grant);
  const epoch = await epochOf(tx, relationship.id, author);
  const verdict = verdictOnUnheard(content, { isLost: lost.length > 0, isStopped }, epoch);
  if (verdict !== 'takes') return REFUSALS[verdict];
  const [first, ...more] = lost;
  const isKnown = first !== undefined && more.length === 0;
  await keepRow(tx, entry, isKnown ? { record: first, carrier: id } : { record: id, carrier: null }, planned);
  // What receipts say of it was told before there was a row to count them in.
  const told = await openingsTold(tx, relationship, isMine, content.grant);
  if (told) await updateGrant(tx, content.grant, told);
  await endIfSpent(tx, deps, content.grant, at);
  return ok(undefined);
}

function giverOf({ relationship, isMine }: Entry): string {
  const giver = isMine ? relationship.mine : relationship.theirs;
  assert(giver !== null, 'whoever gives is known');
  return giver;
}

/** The epoch that the giver's own chain is in. */
function giversEpoch(tx: Tx, entry: Entry): Promise<number> {
  return epochOf(tx, entry.relationship.id, giverOf(entry));
}

/** Whether nothing has said yet that it was given, as far as is known here: it waits, or was withdrawn after a backup. */
function isUngiven({ is_mine: isMine, record, stop_record: stopped }: GrantRow): boolean {
  return isMine && record === null && stopped === null;
}

function standingOf(row: GrantRow): Standing {
  const { state, version, until_at: until } = row;
  return { state: isUngiven(row) ? 'planned' : state, version, until };
}

/**
 * Whether a newer value is of this very grant: what it is, what for, until when, how often and between whom does not change, and
 * it was said that newer ones would come.
 */
function isIts(row: GrantRow, { relationship, isMine, content }: Entry<Sealed>): boolean {
  const isBetween = row.rel === relationship.id && row.is_mine === isMine;
  const isSame =
    row.property === content.property &&
    row.purpose === content.purpose &&
    row.times === (content.times ?? null);
  return isBetween && isSame && row.until_at === content.until && row.is_following === true;
}

const REFUSALS = {
  exists: EXISTS,
  unknown: fail('grant-unknown', 'There is no such grant here.', 'Look it up in the relationship.'),
  'wrong-epoch': fail(
    'grant-epoch',
    'That was sealed for another time than now.',
    'Ask the other side to give it again.',
  ),
};

export const grantReaders: readonly RecordReader[] = [
  recordReader({
    type: 'grant',
    v: 1,
    content: ReadableGrant,
    apply: async (tx, _deps, entry) => orErase(tx, entry, await keepGrant(tx, entry)),
    undo: (tx, deps, { content }) => unsay(tx, deps, content.grant),
  }),
  firstValue(2, SealedContent),
  firstValue(COUNTED, CountedContent),
  newerValue(1, SealedContent),
  newerValue(2, CountedContent),
];

function firstValue(v: number, content: z.ZodType<Sealed>): RecordReader {
  return recordReader({
    type: 'grant',
    v,
    content,
    async apply(tx, _deps, entry) {
      const known = await getGrantRow(tx, tx.home, entry.content.grant);
      const epoch = await giversEpoch(tx, entry);
      const verdict = verdictOnGrant(entry.content, known && standingOf(known), epoch);
      return orErase(tx, entry, verdict === 'takes' ? await keepGrant(tx, entry) : REFUSALS[verdict]);
    },
    undo: (tx, deps, { content: { grant } }) => unsay(tx, deps, grant),
  });
}

function newerValue(v: number, content: z.ZodType<Sealed>): RecordReader {
  return recordReader({
    type: 'grant-updated',
    v,
    content,
    apply: async (tx, deps, entry) => orErase(tx, entry, await takeNewer(tx, deps, entry)),
    // The value before is what they have; its key is erased here, so it is given again.
    async undo(tx, _deps, { content: { grant, version }, id }) {
      const row = await getGrantRow(tx, tx.home, grant);
      if (row?.carrier !== id && row?.record !== id) return;
      await updateGrant(tx, grant, { carrier: null, version: version - 1, item_version: 0 });
    },
  });
}

async function takeNewer(tx: Tx, deps: BaseDeps, entry: Entry<Sealed>): Promise<Result<unknown>> {
  const row = await getGrantRow(tx, tx.home, entry.content.grant);
  if (row && !isIts(row, entry)) return REFUSALS.unknown;
  if (!row || isUngiven(row)) return keepUnheard(tx, deps, entry, row);
  const verdict = verdictOnNewer(entry.content, standingOf(row), await giversEpoch(tx, entry));
  return verdict === 'takes' ? keepNewer(tx, row, entry) : REFUSALS[verdict];
}

/** What of theirs counts for nothing leaves neither value nor key behind. */
async function orErase<T>(
  tx: Tx,
  { relationship, id, isMine }: Entry,
  taken: Result<T>,
): Promise<Result<unknown>> {
  if (taken.ok || isMine) return taken;
  await eraseBody(tx, relationship.id, id);
  return ok('counts for nothing');
}

async function unsay(tx: Tx, deps: BaseDeps, grant: string): Promise<void> {
  const row = await getGrantRow(tx, tx.home, grant);
  if (row?.state === 'active') await stop(tx, deps, row, { at: deps.clock.now(), by: 'mine' });
}
