import { isFailure, type Result } from '../kernel/result.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { readReceipt } from './envelope.ts';
import type { DeliveryTables, Destination, OutboxRow } from './model.ts';
import { isGivenUp, waitBeforeTry } from './rules.ts';
import { OUTBOX } from './send.ts';

/** How envelopes travel: answers the receipt's octets, or why it did not work this time. */
export type Carry = (to: Destination, octets: Uint8Array) => Promise<Result<Uint8Array>>;

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
export function startCourier(deps: BaseDeps, carry: Carry): Courier {
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
        if ((await carryDue(deps, carry)) > 0) again = true;
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
async function carryDue(deps: BaseDeps, carry: Carry): Promise<number> {
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
              .where('earlier.state', '=', 'saved')
              .where('earlier.next_at', '>', now),
          ),
        ),
      )
      .orderBy('home_id')
      .orderBy('position')
      .limit(BATCH)
      .execute(),
  );
  const lanes = Map.groupBy(due, (row) => `${row.home_id} ${row.host} ${row.path}`);
  const moved = await Promise.all([...lanes.values()].map((lane) => carryLane(deps, carry, lane)));
  return moved.reduce((sum, n) => sum + n, 0);
}

async function carryLane(deps: BaseDeps, carry: Carry, lane: readonly OutboxRow[]): Promise<number> {
  let moved = 0;
  for (const row of lane) {
    const answer = await carry({ host: row.host, inbox: row.path }, row.octets);
    await noteAnswer(deps, row, answer);
    // What comes later to the same recipient waits, so that order holds.
    if (isFailure(answer)) break;
    moved++;
  }
  return moved;
}

async function noteAnswer(deps: BaseDeps, row: OutboxRow, answer: Result<Uint8Array>): Promise<void> {
  const now = deps.clock.now();
  const attempts = row.attempts + 1;
  const receipt = isFailure(answer) ? undefined : readReceipt(answer.value);
  const change: Partial<OutboxRow> =
    receipt && !isFailure(answer)
      ? { state: receipt.result, receipt: answer.value, received_at: now, problem: receipt.code ?? null }
      : {
          state: isGivenUp(attempts) ? 'dead' : 'saved',
          next_at: now + waitBeforeTry(attempts, deps.random.bytes(1)[0] ?? 0),
          problem: isFailure(answer) ? answer.code : 'receipt-malformed',
        };
  await deps.storage.transact(row.home_id, (tx) =>
    tables<DeliveryTables>(tx)
      .updateTable('outbox')
      .set({ attempts, sent_at: row.sent_at ?? now, ...change })
      .where('home_id', '=', row.home_id)
      .where('id', '=', row.id)
      .where('state', '=', 'saved')
      .execute(),
  );
}
