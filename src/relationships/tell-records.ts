import {
  countWaiting,
  letGo,
  OUTBOX,
  type Settler,
  send,
  statesAbout,
  whenTaken,
} from '../delivery/index.ts';
import { newId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { type OwnIdentity, ownIdentity, reachOf, type Speaker } from '../parties/index.ts';
import {
  aboutRecord,
  findRecord,
  type RecordPayload,
  type RecordRow,
  recordAt,
  recordsAfter,
  recordToWire,
} from '../records/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';
import { pinned } from './pinned.ts';
import { findRelationship } from './store.ts';

/** The type of envelope that carries what the other side lacks, of both chains. */
export const TOLD = 'records-told';

/** Answers that may wait for one other side at a time: one is large, and what asks for it is not. */
const ANSWERS_WAITING = 3;
/** Records in one answer, and the characters they may take. */
const AT_ONCE = 50;
const CHARS = 180_000;

/** Both sides of a relationship in which the other one is known. */
export async function both(tx: Tx, deps: BaseDeps, relationship: RelationshipRow) {
  const me = await ownIdentity(tx, deps, relationship.mine);
  const other = await pinned(tx, relationship);
  assert(me && other, 'both identities of an open relationship are known');
  return { me, other };
}

/** A name of its own, so that nothing that waits holds it back. */
export function aside(deps: BaseDeps, me: OwnIdentity): Speaker {
  return { name: newId(deps.random), signer: `identity/${me.id}` };
}

/** Sends what follows these heads of the two chains; `answers` is when that was asked, as the question says; `proof` one that has to be among them. False when so many answers wait that no more are written. */
export async function tellAfter(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  known: { readonly theirs: number; readonly mine: number },
  { answers, proof }: { readonly answers?: number | undefined; readonly proof?: RecordRow } = {},
): Promise<boolean> {
  if ((await countWaiting(tx, TOLD, relationship.id)) >= ANSWERS_WAITING) return false;
  const { me, other } = await both(tx, deps, relationship);
  const heads = new Map([
    [other.id, known.theirs],
    [me.id, known.mine],
  ]);
  const found = await recordsAfter(tx, tx.home, relationship.id, heads, AT_ONCE + 1);
  const rows = relationship.reconciling_at === null ? found : await withoutHeld(tx, me.id, found);
  const page = pageOf(rows);
  // What is to prove something comes alone where it would not come at all: the other side asks for what is before it.
  const isFar = proof !== undefined && !page.some(({ id }) => id === proof.id);
  await send(tx, deps, {
    to: reachOf(other),
    as: aside(deps, me),
    type: TOLD,
    body: json({
      rel: relationship.id,
      records: (isFar ? [proof] : page).map(wireOf),
      isAll: !isFar && page.length === rows.length,
      ...(answers !== undefined && { answers }),
    }),
    about: relationship.id,
    isAutomatic: true,
  });
  return true;
}

/** Whoever stands still after a backup tells nothing that never arrived: it may have been sent and taken back since. */
async function withoutHeld(tx: Tx, mine: string, rows: readonly RecordRow[]): Promise<RecordRow[]> {
  const own = rows.filter((row) => row.author === mine);
  const states = await statesAbout(
    tx,
    tx.home,
    own.map(({ rel, id }) => aboutRecord(rel, id)),
  );
  const held = own.find((row) => ['saved', 'dead'].includes(states.get(aboutRecord(row.rel, row.id)) ?? ''));
  return rows.filter((row) => held === undefined || row.author !== mine || row.seq < held.seq);
}

/** As many of the first of them as one answer may carry, and one in any case. */
function pageOf(rows: readonly RecordRow[]): RecordRow[] {
  const page: RecordRow[] = [];
  let chars = 0;
  for (const row of rows.slice(0, AT_ONCE)) {
    chars += JSON.stringify(wireOf(row)).length;
    if (page.length > 0 && chars > CHARS) break;
    page.push(row);
  }
  return page;
}

function wireOf(row: RecordRow): object {
  return { ...recordToWire({ ...row, body: row.body ?? undefined }) };
}

/**
 * They signed a second record with a number that is taken: they get the first one, which their own signature proves, and
 * all that follows what the second one had seen.
 */
export async function tellFork(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  second: RecordPayload,
): Promise<void> {
  const seen = second.seen === null ? undefined : await findRecord(tx, tx.home, relationship.id, second.seen);
  const proof = await recordAt(tx, tx.home, relationship.id, second.author, second.seq);
  const isMine = seen?.author === relationship.mine;
  await tellAfter(
    tx,
    deps,
    relationship,
    { theirs: second.seq - 1, mine: isMine ? seen.seq : 0 },
    { ...(proof && { proof }) },
  );
}

function json(value: object): Record<string, never> {
  return value as Record<string, never>; // plain JSON: texts, numbers and lists of records in wire form
}

/** Whoever has been told what they lacked takes what waits for that: nothing need wait for its next try. */
export const toldSettlers: readonly (readonly [string, Settler<RelationshipDeps>])[] = [
  [
    whenTaken(TOLD),
    async (tx, deps, about) => {
      const relationship = await findRelationship(tx, tx.home, about);
      if (relationship?.theirs == null || relationship.reconciling_at !== null) return;
      const { other } = await both(tx, deps, relationship);
      await letGo(tx, { sender: relationship.mine, path: other.inbox }, deps.clock.now());
      tx.wake(OUTBOX);
    },
  ],
];
