import { fail, isFailure, type Result } from '../kernel/result.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { readReceipt } from './envelope.ts';
import { holdBack } from './lanes.ts';
import type { DeliveryTables, Lane, OutboxRow } from './model.ts';
import { isGivenUp, waitBeforeTry, waitOf } from './rules.ts';

/**
 * What a room does, by type, when an envelope of its own was refused or given up: in the transaction that notes it,
 * with what the envelope was about and the code.
 */
export type Settlers<Deps extends BaseDeps> = ReadonlyMap<
  string,
  (tx: Tx, deps: Deps, about: string, code: string) => Promise<void>
>;

/** Stores what came back for the first envelopes of a batch; without any answer the first one's try has failed. */
export async function noteAnswers<Deps extends BaseDeps>(
  deps: Deps,
  lane: Lane,
  batch: readonly OutboxRow[],
  answers: readonly Result<Uint8Array>[],
  settled: Settlers<Deps>,
): Promise<void> {
  const noted = answers.length > 0 ? answers.slice(0, batch.length) : [NO_ANSWER];
  const changes = noted.map((answer, i) => changeOf(deps, batch[i], answer));
  await deps.storage.transact(lane.home, async (tx) => {
    for (const [i, change] of changes.entries()) {
      const row = batch[i];
      if (row) await noteAnswer(tx, deps, row, change, settled);
      if (row && change.state === 'saved') await holdBack(tx, lane, row.position, change.next_at ?? 0);
    }
  });
}

const NO_ANSWER = fail('internal-error', 'Something went wrong on the way.', 'It is tried again.');

function changeOf(
  deps: BaseDeps,
  row: OutboxRow | undefined,
  answer: Result<Uint8Array>,
): Partial<OutboxRow> {
  const now = deps.clock.now();
  const attempts = (row?.attempts ?? 0) + 1;
  const receipt = isFailure(answer) ? undefined : readReceipt(answer.value);
  // A receipt for another envelope proves nothing of this one.
  if (receipt?.id === row?.id && receipt && !isFailure(answer)) {
    return {
      attempts,
      state: receipt.result,
      receipt: answer.value,
      received_at: now,
      problem: receipt.code ?? null,
      // What has arrived is not kept a second time: taking something back would not reach it here.
      octets: new Uint8Array(0),
    };
  }
  const wait = isFailure(answer) ? waitOf(answer) : undefined;
  if (wait !== undefined && isFailure(answer)) {
    return { state: 'saved', next_at: now + wait, problem: answer.code };
  }
  return {
    attempts,
    state: isGivenUp(attempts) ? 'dead' : 'saved',
    next_at: now + waitBeforeTry(attempts, deps.random.bytes(1)[0] ?? 0),
    problem: isFailure(answer) ? answer.code : 'receipt-malformed',
  };
}

async function noteAnswer<Deps extends BaseDeps>(
  tx: Tx,
  deps: Deps,
  row: OutboxRow,
  change: Partial<OutboxRow>,
  settled: Settlers<Deps>,
): Promise<void> {
  const [done] = await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ ...(change.attempts !== undefined && { sent_at: row.sent_at ?? deps.clock.now() }), ...change })
    .where('home_id', '=', row.home_id)
    .where('id', '=', row.id)
    .where('state', '=', 'saved')
    .execute();
  const isFinal = change.state === 'refused' || change.state === 'dead';
  if (!isFinal || done?.numUpdatedRows === 0n) return;
  await settled.get(row.type)?.(tx, deps, row.about ?? '', change.problem ?? 'refused');
}
