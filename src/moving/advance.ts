import { eraseParty, sealParty, verifyArchive } from '../archive/index.ts';
import { isFailure } from '../kernel/result.ts';
import { marketDocuments } from '../market/index.ts';
import { getPartyRow, nodeIdentityKey, type PartyTables } from '../parties/index.ts';
import { reconcileUnpaused } from '../relationships/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { type Answered, askNode, offerArchive, ownKeyOf, sendPart } from './ask-node.ts';
import type { MovingDeps } from './deps.ts';
import { type Answer, signHandOver, wireOf } from './documents.ts';
import { dropFile, outFile, readPart, sha256Of, sizeOf } from './files.ts';
import { MOVE_LIMITS } from './limits.ts';
import { fitting, isSameSummary, waitAfterFailure, waitForOther } from './rules.ts';
import { isComing, secretOf, updateMove } from './store.ts';
import type { MoveRow, MoveState } from './tables.ts';
import { archivePassphrase } from './wire.ts';

/**
 * Takes the next step of a move away from this node. Whatever it did before a crash or a cut line it can do again: what
 * is done is in the row, and the other node says how much it has.
 */
export async function advanceMove(deps: MovingDeps, row: MoveRow): Promise<void> {
  switch (row.state) {
    case 'packing':
      return pack(deps, row);
    case 'sending':
      return sendAll(deps, row);
    case 'handed-over':
      return handOver(deps, row);
    case 'forwarding':
      return forget(deps, row);
    case 'cancelled':
      return tellCancelled(deps, row);
    default:
      await change(deps, row, [row.state], { next_at: null });
  }
}

/** Makes the archive and holds it against itself: one that its own node would refuse never leaves. */
async function pack(deps: MovingDeps, row: MoveRow): Promise<void> {
  await deps.doings.settled(row.home_id);
  const path = outFile(deps, row.id);
  await dropFile(path);
  const passphrase = archivePassphrase(secretOf(deps.nodeKey, row));
  const size = await sealParty(deps, row.home_id, path, passphrase, MOVE_LIMITS.workFactor);
  const { report } = await verifyArchive(path, passphrase);
  if (!report.ok) return giveUp(deps, row, 'archive-refused');
  if (size > MOVE_LIMITS.archiveBytes) return giveUp(deps, row, 'archive-too-large');
  const { counts, hashes } = report;
  await change(deps, row, ['packing'], {
    ...{ state: 'sending', size, sent: 0, sha256: await sha256Of(path) },
    ...{ summary: JSON.stringify({ counts, hashes }), problem: null, tries: 0, next_at: deps.clock.now() },
  });
}

/** Sends what the other node lacks, waits until it has verified all of it, and then hands over. */
async function sendAll(deps: MovingDeps, row: MoveRow): Promise<void> {
  let said = await offerArchive(deps, row);
  while (said.ok && said.value.answer.state === 'receiving' && said.value.answer.sha256 === row.sha256) {
    const { have } = said.value.answer;
    if (!(await change(deps, row, ['sending'], { sent: have, problem: null, tries: 0 }))) return;
    const path = outFile(deps, row.id);
    if (have >= (row.size ?? 0)) break;
    if ((await sizeOf(path)) !== row.size) return packAgain(deps, row);
    said = await sendPart(deps, row, have, await readPart(path, have, MOVE_LIMITS.partBytes));
    if (said.ok && said.value.answer.have <= have) break;
  }
  if (isFailure(said)) return waitLonger(deps, row, said.code);
  const { answer } = said.value;
  if (answer.state === 'arrived') return commitHandOver(deps, row, said.value);
  if (answer.state === 'gone' || answer.state === 'refused') {
    return giveUp(deps, row, answer.problem ?? 'invitation-gone');
  }
  await waitForThem(deps, row, said.value);
}

/** The file is gone, as after a loss of power: the party is paused, so another one holds the same. */
async function packAgain(deps: MovingDeps, row: MoveRow): Promise<void> {
  await change(deps, row, ['sending'], { state: 'packing', next_at: deps.clock.now() });
}

/** The one step that passes on the right to act: only when everything that arrived is what is here. */
async function commitHandOver(deps: MovingDeps, row: MoveRow, { answer, wire }: Answered): Promise<void> {
  const isSame =
    answer.party === row.home_id &&
    answer.sha256 === row.sha256 &&
    answer.summary !== null &&
    row.summary !== null &&
    isSameSummary(answer.summary, JSON.parse(row.summary));
  if (!isSame || row.sha256 === null) return giveUp(deps, row, 'copy-differs');
  const document = signHandOver(
    {
      ...{ move: row.id, party: row.home_id, sha256: row.sha256 },
      ...{ from: ownKeyOf(deps), to: row.peer_key },
    },
    nodeIdentityKey(deps.nodeKey),
  );
  await change(deps, row, ['sending'], {
    ...{ state: 'handed-over', hand_over: JSON.stringify(wireOf(document)), answer: JSON.stringify(wire) },
    ...{ problem: null, tries: 0, next_at: deps.clock.now() },
  });
}

/** Sends the hand-over until the new node has it, and then asks now and then whether it is in use there. */
async function handOver(deps: MovingDeps, row: MoveRow): Promise<void> {
  const document = JSON.parse(row.hand_over ?? 'null');
  // Markets are known to nodes, not to parties: without them the party could not go on selling and looking.
  const known = await deps.storage.read((view) => marketDocuments(view));
  const markets = fitting(
    known.map((it) => JSON.stringify(it)),
    MOVE_LIMITS.marketsBytes,
  );
  const said = await askNode(deps, row, 'hand-over', {
    document,
    markets: markets.map((it) => JSON.parse(it)),
  });
  if (isFailure(said)) return waitLonger(deps, row, said.code);
  const { state, problem } = said.value.answer;
  // The new node says, signed and for good, that it has no copy and never takes this hand-over: nobody else acts.
  if (state === 'gone') return giveUp(deps, row, problem ?? 'invitation-gone');
  if (state !== 'in-use') return waitForThem(deps, row, said.value);
  const until = deps.clock.now() + MOVE_LIMITS.forwardMs;
  await change(deps, row, ['handed-over'], {
    ...{ state: 'forwarding', answer: JSON.stringify(said.value.wire), until_at: until },
    ...{ secret: null, problem: null, tries: 0, next_at: until },
  });
  await dropFile(outFile(deps, row.id));
}

/** After the time of forwarding nothing stays of the party but the row of its move. */
async function forget(deps: MovingDeps, row: MoveRow): Promise<void> {
  if (deps.clock.now() < row.until_at) return;
  const { party, isBack } = await deps.storage.read(async (view) => ({
    party: await getPartyRow(view, row.home_id),
    isBack: await isComing(view, row.home_id),
  }));
  // On its way back: what is here is not what was left behind.
  if (isBack) {
    const next_at = deps.clock.now() + MOVE_LIMITS.longestLookMs;
    await change(deps, row, ['forwarding'], { next_at });
    return;
  }
  if (party && party.paused_at !== null) await eraseParty(deps, row.home_id, party.handle);
  await change(deps, row, ['forwarding'], { state: 'forgotten', next_at: null });
}

/** Tells the new node that nothing comes any more, until it has heard it or its invitation is over anyway. */
async function tellCancelled(deps: MovingDeps, row: MoveRow): Promise<void> {
  const said = await askNode(deps, row, 'cancel');
  const isUnheard = isFailure(said) && said.code !== 'invitation-unknown' && said.code !== 'invitation-taken';
  if (isUnheard && deps.clock.now() < row.until_at) return waitLonger(deps, row, row.problem ?? said.code);
  await change(deps, row, ['cancelled'], { secret: null, next_at: null });
  await dropFile(outFile(deps, row.id));
}

/** The party acts here again; only from states in which nobody else may. */
async function giveUp(deps: MovingDeps, row: MoveRow, problem: string): Promise<void> {
  await deps.storage.transact(row.home_id, async (tx) => {
    await cancelIn(tx, deps, row.id, [row.state], problem);
  });
}

/** Undoes a move within a transaction of its party: it acts here again at once. False when it is too late. */
export async function cancelIn(
  tx: Tx,
  deps: MovingDeps,
  id: string,
  from: readonly MoveState[],
  problem: string | null,
): Promise<boolean> {
  const now = deps.clock.now();
  const undone = { state: 'cancelled', problem, tries: 0, next_at: now, changed_at: now } as const;
  if (!(await updateMove(tx, id, from, undone))) return false;
  const party = await getPartyRow(tx, tx.home);
  await tables<PartyTables>(tx)
    .updateTable('parties')
    .set({ paused_at: null })
    .where('home_id', '=', tx.home)
    .execute();
  await reconcileUnpaused(tx, deps, party?.paused_at ?? null);
  tx.wake('outbox');
  tx.wake('moves');
  return true;
}

async function waitLonger(deps: MovingDeps, row: MoveRow, problem: string): Promise<void> {
  const tries = row.tries + 1;
  const wait = waitAfterFailure(tries, deps.random.bytes(1)[0] ?? 0);
  await change(deps, row, [row.state], { problem, tries, next_at: deps.clock.now() + wait });
}

async function waitForThem(deps: MovingDeps, row: MoveRow, { answer, wire }: Answered): Promise<void> {
  const now = deps.clock.now();
  await change(deps, row, [row.state], {
    ...{ sent: sentOf(row, answer), answer: JSON.stringify(wire), problem: null, tries: 0 },
    next_at: now + waitForOther(now - row.changed_at),
  });
}

function sentOf(row: MoveRow, answer: Answer): number {
  return answer.state === 'receiving' ? answer.have : (row.size ?? 0);
}

async function change(
  deps: MovingDeps,
  row: MoveRow,
  from: readonly MoveState[],
  what: Partial<MoveRow>,
): Promise<boolean> {
  const isNew = what.state !== undefined && what.state !== row.state;
  return deps.storage.transact(row.home_id, (tx) => {
    tx.wake('moves');
    return updateMove(tx, row.id, from, { ...what, ...(isNew && { changed_at: deps.clock.now() }) });
  });
}
