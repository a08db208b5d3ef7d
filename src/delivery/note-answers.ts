import type { Kysely } from 'kysely';
import { fail, isFailure, type Result } from '../kernel/result.ts';
import { type BaseDeps, prepared, type Tx, tables } from '../storage/index.ts';
import { readReceipt } from './envelope.ts';
import { holdBack } from './lanes.ts';
import type { DeliveryTables, Lane, OutboxRow, WaitingRow } from './model.ts';
import { afterTry, FOREIGN, waitOf } from './rules.ts';

/**
 * What a room does when an envelope of its own was refused or given up: in the transaction that notes it,
 * with what the envelope was about and the code.
 */
export type Settler<Deps extends BaseDeps> = (
  tx: Tx,
  deps: Deps,
  about: string,
  code: string,
) => Promise<void>;

/** What is settled when something of a type is answered that it is not from whom its receiver knows: it waits, and this may help. */
export function whenForeign(type: string): string {
  return `${type}/${FOREIGN}`;
}

/** What is settled when something of a type has been taken. */
export function whenTaken(type: string): string {
  return `${type}/acted`;
}

/** Settlers by the type of what was sent; with a slash and a code, of what waits because of it, or was taken. */
export type Settlers<Deps extends BaseDeps> = ReadonlyMap<string, Settler<Deps>>;

/** Stores what came back for the first envelopes of a batch; without any answer the first one's try has failed. */
export async function noteAnswers<Deps extends BaseDeps>(
  deps: Deps,
  lane: Lane,
  batch: readonly WaitingRow[],
  answers: readonly Result<Uint8Array>[],
  settled: Settlers<Deps>,
): Promise<void> {
  const noted = answers.length > 0 ? answers.slice(0, batch.length) : [NO_ANSWER];
  const changes = batch.slice(0, noted.length).map((row, i) => changeOf(deps, row, noted[i] ?? NO_ANSWER));
  await deps.storage.transact(lane.home, async (tx) => {
    for (const [i, change] of changes.entries()) {
      const row = batch[i];
      if (row) await noteAnswer(tx, deps, row, change, settled);
      if (row && change.state === 'saved') await holdBack(tx, lane, row.position, change.next_at ?? 0);
    }
  });
}

const NO_ANSWER = fail('internal-error', 'Something went wrong on the way.', 'It is tried again.');

type Change = Partial<OutboxRow> & Pick<OutboxRow, 'state' | 'attempts' | 'problem'>;

function changeOf(deps: BaseDeps, row: WaitingRow, answer: Result<Uint8Array>): Change {
  const { id, attempts: tries } = row;
  const now = deps.clock.now();
  const jitter = deps.random.bytes(1)[0] ?? 0;
  const receipt = isFailure(answer) ? undefined : readReceipt(answer.value);
  // Somebody may answer with what was once answered to another envelope, signature and all.
  if (receipt?.id === id && !isFailure(answer)) {
    const { attempts, state, problem } = afterTry(tries, { receipt }, now, jitter);
    return { attempts, state, problem, receipt: answer.value, received_at: now };
  }
  const waitMs = isFailure(answer) ? waitOf(answer) : undefined;
  const problem = isFailure(answer) ? answer.code : 'receipt-malformed';
  const { nextAt, ...change } = afterTry(tries, { problem, waitMs }, now, jitter);
  return { ...change, next_at: nextAt ?? now };
}

type Arrived = Pick<OutboxRow, 'home_id' | 'id' | 'state' | 'attempts' | 'problem' | 'sent_at'> &
  Pick<OutboxRow, 'receipt' | 'received_at' | 'octets'>;

const arrived = prepared((db: Kysely<DeliveryTables>, it: Arrived) =>
  db
    .updateTable('outbox')
    .set({
      state: it.state,
      attempts: it.attempts,
      problem: it.problem,
      sent_at: it.sent_at,
      receipt: it.receipt,
      received_at: it.received_at,
      octets: it.octets,
    })
    .where('home_id', '=', it.home_id)
    .where('id', '=', it.id)
    .where('state', '=', 'saved')
    .returning('id'),
);

/** Notes one answer; true when the row was still waiting for one. */
async function noteChange(tx: Tx, row: WaitingRow, change: Change): Promise<boolean> {
  const { receipt, received_at = null, ...more } = change;
  if (receipt) {
    // What has arrived is not kept a second time: taking something back would not reach it here.
    const octets = new Uint8Array(0);
    return (await arrived(tx, { ...row, ...more, receipt, received_at, octets })).length > 0;
  }
  const [done] = await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set(change)
    .where('home_id', '=', row.home_id)
    .where('id', '=', row.id)
    .where('state', '=', 'saved')
    .execute();
  return done?.numUpdatedRows !== 0n;
}

async function noteAnswer<Deps extends BaseDeps>(
  tx: Tx,
  deps: Deps,
  row: WaitingRow,
  change: Change,
  settled: Settlers<Deps>,
): Promise<void> {
  const sent = change.attempts !== row.attempts && { sent_at: row.sent_at ?? deps.clock.now() };
  const isNoted = await noteChange(tx, row, { ...sent, ...change });
  const isFinal = change.state === 'refused' || change.state === 'dead';
  if (!isNoted) return;
  const code = change.problem ?? (change.state === 'acted' ? 'acted' : 'refused');
  await settled.get(isFinal ? row.type : `${row.type}/${code}`)?.(tx, deps, row.about ?? '', code);
}
