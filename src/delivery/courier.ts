import { fail, isFailure, type Result } from '../kernel/result.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { readReceipt } from './envelope.ts';
import type { DeliveryTables, Destination, OutboxRow } from './model.ts';
import { isGivenUp, waitBeforeTry } from './rules.ts';
import { OUTBOX } from './send.ts';

/** How envelopes travel: answers the receipt's octets, or why it did not work this time. */
export type Carry = (to: Destination, octets: Uint8Array) => Promise<Result<Uint8Array>>;

/**
 * What a room does, by type, when an envelope of its own was refused or given up: in the transaction that notes it,
 * with what the envelope was about and the code.
 */
export type Settlers<Deps extends BaseDeps> = ReadonlyMap<
  string,
  (tx: Tx, deps: Deps, about: string, code: string) => Promise<void>
>;

export interface Courier {
  /** Resolves when nothing that is due waits any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const BATCH = 500;
const LOOK_AGAIN_MS = 5_000;

/**
 * Carries what waits in the outboxes, each recipient's envelopes in order, until a receipt is stored or it is given
 * up. It remembers nothing itself: after a crash it begins again from the rows.
 */
export function startCourier<Deps extends BaseDeps>(
  deps: Deps,
  carry: Carry,
  settled: Settlers<Deps> = new Map(),
): Courier {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let cancelTimer = (): void => {};
  const wake = (): void => {
    again = true;
    if (stopped || running) return;
    running = rounds().finally(() => {
      running = undefined;
      if (again && !stopped) wake();
    });
  };
  const rounds = async (): Promise<void> => {
    while (again && !stopped) {
      again = false;
      try {
        if ((await carryDue(deps, carry, settled)) > 0) again = true;
      } catch {
        deps.log('courier.stumbled');
        return;
      }
    }
  };
  const tick = (): void => {
    wake();
    if (!stopped) cancelTimer = deps.clock.after(LOOK_AGAIN_MS, tick);
  };
  deps.storage.listen(OUTBOX, wake);
  tick();
  return {
    async idle() {
      while (running || again) await running;
    },
    async stop() {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}

/** One round: everything due, recipients side by side, each in order. Answers how many moved on. */
async function carryDue<Deps extends BaseDeps>(
  deps: Deps,
  carry: Carry,
  settled: Settlers<Deps>,
): Promise<number> {
  const now = deps.clock.now();
  const due = await deps.storage.read((view) =>
    tables<DeliveryTables>(view)
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', 'saved')
      .where('next_at', '<=', now)
      // What waits for another try holds back whatever follows it to the same recipient.
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('outbox as earlier')
              .select('earlier.id')
              .whereRef('earlier.home_id', '=', 'outbox.home_id')
              .whereRef('earlier.path', '=', 'outbox.path')
              .whereRef('earlier.position', '<', 'outbox.position')
              .where((or) =>
                or.or([
                  or.and([or('earlier.state', '=', 'saved'), or('earlier.next_at', '>', now)]),
                  // A chain has no holes: what was given up waits to be tried again.
                  or.and([or('earlier.state', '=', 'dead'), or('earlier.type', '=', 'record')]),
                ]),
              ),
          ),
        ),
      )
      .orderBy('home_id')
      .orderBy('position')
      .limit(BATCH)
      .execute(),
  );
  const lanes = Map.groupBy(due, (row) => `${row.home_id} ${row.host} ${row.path}`);
  const moved = await Promise.allSettled(
    [...lanes.values()].map((lane) => carryLane(deps, carry, lane, settled)),
  );
  return moved.reduce((sum, lane) => sum + (lane.status === 'fulfilled' ? lane.value : 0), 0);
}

async function carryLane<Deps extends BaseDeps>(
  deps: Deps,
  carry: Carry,
  lane: readonly OutboxRow[],
  settled: Settlers<Deps>,
): Promise<number> {
  let moved = 0;
  for (const row of lane) {
    const answer = await carried(deps, carry, row);
    await noteAnswer(deps, row, answer, settled);
    // What comes later to the same recipient waits, so that order holds.
    if (isFailure(answer)) break;
    moved++;
  }
  return moved;
}

/** A bug on the way counts as a try that failed, so that one bad envelope stops nobody else. */
async function carried(deps: BaseDeps, carry: Carry, row: OutboxRow): Promise<Result<Uint8Array>> {
  try {
    return await carry({ host: row.host, inbox: row.path }, row.octets);
  } catch {
    deps.log('courier.stumbled');
    return fail('internal-error', 'Something went wrong on the other side.', 'It is tried again.');
  }
}

async function noteAnswer<Deps extends BaseDeps>(
  deps: Deps,
  row: OutboxRow,
  answer: Result<Uint8Array>,
  settled: Settlers<Deps>,
): Promise<void> {
  const now = deps.clock.now();
  const attempts = row.attempts + 1;
  const receipt = isFailure(answer) ? undefined : readReceipt(answer.value);
  const change: Partial<OutboxRow> =
    receipt && !isFailure(answer)
      ? {
          state: receipt.result,
          receipt: answer.value,
          received_at: now,
          problem: receipt.code ?? null,
          // What has arrived is not kept a second time: taking something back would not reach it here.
          octets: new Uint8Array(0),
        }
      : {
          state: isGivenUp(attempts) ? 'dead' : 'saved',
          next_at: now + waitBeforeTry(attempts, deps.random.bytes(1)[0] ?? 0),
          problem: isFailure(answer) ? answer.code : 'receipt-malformed',
        };
  await deps.storage.transact(row.home_id, async (tx) => {
    const [done] = await tables<DeliveryTables>(tx)
      .updateTable('outbox')
      .set({ attempts, sent_at: row.sent_at ?? now, ...change })
      .where('home_id', '=', row.home_id)
      .where('id', '=', row.id)
      .where('state', '=', 'saved')
      .execute();
    const isFinal = change.state === 'refused' || change.state === 'dead';
    if (!isFinal || done?.numUpdatedRows === 0n) return;
    await settled.get(row.type)?.(tx, deps, row.about ?? '', change.problem ?? 'refused');
  });
}
