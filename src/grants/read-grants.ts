import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { eraseBody } from '../records/index.ts';
import { type Entry, type RecordReader, recordReader } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { noteHolder } from '../vault/index.ts';
import { ReadableGrant, SealedContent } from './content.ts';
import { epochOf } from './give.ts';
import type { GrantRow } from './model.ts';
import { type Standing, verdictOnGrant, verdictOnNewer } from './standing-rules.ts';
import { stop } from './stopping.ts';
import { getGrantRow, insertGrant, updateGrant } from './store.ts';

/** What a grant says, whether its value is in it sealed or readable. */
type Said = Pick<SealedContent, 'grant' | 'property' | 'label' | 'purpose' | 'until'> &
  Partial<Pick<SealedContent, 'version' | 'epoch' | 'follows'>>;

const EXISTS = fail('grant-exists', 'That grant was given before.', 'Nothing was changed.');

/** Takes a grant into its row: what was planned is given now, and what is new to this side stands here from now on. */
async function keepGrant(tx: Tx, entry: Entry<Said>): Promise<Result<unknown>> {
  const { relationship, id: record, isMine, content, at } = entry;
  const { grant, property, label, purpose, until } = content;
  const known = await getGrantRow(tx, tx.home, grant);
  const { version = null, epoch = null, follows = null } = content;
  const given = { version, epoch, is_following: follows, carrier: null, value: null, planned: null };
  const sent = { state: 'active' as const, since_at: at, record, ...given };
  if (!known) {
    const named = { id: grant, rel: relationship.id, is_mine: isMine, property, label, item: null, purpose };
    await insertGrant(tx, { ...named, ...sent, until_at: until });
    return ok(undefined);
  }
  if (!isMine || known.state !== 'planned') return EXISTS;
  await updateGrant(tx, grant, sent);
  if (known.item !== null) await noteHolder(tx, relationship.id, [known.item], until ?? undefined);
  return ok(undefined);
}

/** A newer value takes the place of the one before, whose key is erased on both sides. */
async function keepNewer(
  tx: Tx,
  row: GrantRow,
  { id: carrier, content }: Entry<SealedContent>,
): Promise<void> {
  for (const before of [row.record, row.carrier]) if (before !== null) await eraseBody(tx, before);
  const { version, epoch, label, follows } = content;
  await updateGrant(tx, row.id, { carrier, version, epoch, label, is_following: follows });
}

/** The epoch that the giver's own chain is in. */
function giversEpoch(tx: Tx, { relationship, isMine }: Entry): Promise<number> {
  const giver = isMine ? relationship.mine : relationship.theirs;
  assert(giver !== null, 'whoever gives is known');
  return epochOf(tx, relationship.id, giver);
}

function standingOf({ state, version, until_at: until }: GrantRow): Standing {
  return { state, version, until };
}

/** Whether a newer value is of this very grant: what it is and between whom does not change. */
function isIts(row: GrantRow, { relationship, isMine, content }: Entry<SealedContent>): boolean {
  return row.rel === relationship.id && row.is_mine === isMine && row.property === content.property;
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
    apply: (tx, _deps, entry) => keepGrant(tx, entry),
    undo: (tx, deps, { content }) => unsay(tx, content.grant, deps.clock.now()),
  }),
  recordReader({
    type: 'grant',
    v: 2,
    content: SealedContent,
    async apply(tx, _deps, entry) {
      const known = await getGrantRow(tx, tx.home, entry.content.grant);
      const epoch = await giversEpoch(tx, entry);
      const verdict = verdictOnGrant(entry.content, known && standingOf(known), epoch);
      return verdict === 'takes' ? keepGrant(tx, entry) : REFUSALS[verdict];
    },
    undo: (tx, deps, { content }) => unsay(tx, content.grant, deps.clock.now()),
  }),
  recordReader({
    type: 'grant-updated',
    v: 1,
    content: SealedContent,
    async apply(tx, _deps, entry) {
      const row = await getGrantRow(tx, tx.home, entry.content.grant);
      const known = row && isIts(row, entry) ? standingOf(row) : undefined;
      const verdict = verdictOnNewer(entry.content, known, await giversEpoch(tx, entry));
      if (!row || verdict !== 'takes') return REFUSALS[verdict === 'takes' ? 'unknown' : verdict];
      await keepNewer(tx, row, entry);
      return ok(undefined);
    },
    // The value before is what they have; its key is erased here, so it is given again.
    async undo(tx, _deps, { content, id }) {
      const row = await getGrantRow(tx, tx.home, content.grant);
      if (row?.carrier !== id) return;
      const before = { carrier: null, version: content.version - 1, item_version: 0 };
      await updateGrant(tx, content.grant, before);
    },
  }),
];

async function unsay(tx: Tx, grant: string, at: number): Promise<void> {
  const row = await getGrantRow(tx, tx.home, grant);
  if (row?.state === 'active') await stop(tx, row, { at, by: 'mine' });
}
