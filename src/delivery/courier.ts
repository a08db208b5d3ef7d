import { isFailure } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { CarryLane } from './carry.ts';
import { AT_ONCE, dueLanes, heldUntil, holdBack, laneOf } from './lanes.ts';
import type { WaitingRow } from './model.ts';
import { noteAnswers, type Settlers } from './note-answers.ts';
import { OUTBOX } from './send.ts';

export interface Courier {
  /** Resolves when nothing that is due waits any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const LOOK_AGAIN_MS = 5_000;

/**
 * Carries what waits in the outboxes, each lane's envelopes in order, until a receipt is stored or it is given up. It
 * remembers nothing itself: after a crash it begins again from the rows.
 */
export function startCourier<Deps extends BaseDeps>(
  deps: Deps,
  carry: CarryLane,
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

/** One round: everything due, lanes side by side. Answers how many envelopes moved on. */
async function carryDue<Deps extends BaseDeps>(
  deps: Deps,
  carry: CarryLane,
  settled: Settlers<Deps>,
): Promise<number> {
  const lanes = await deps.storage.read((view) => dueLanes(view, deps.clock.now()));
  const moved = await Promise.allSettled(lanes.map((rows) => carryLane(deps, carry, rows, settled)));
  return moved.reduce((sum, lane) => sum + (lane.status === 'fulfilled' ? lane.value : 0), 0);
}

async function carryLane<Deps extends BaseDeps>(
  deps: Deps,
  carry: CarryLane,
  rows: readonly WaitingRow[],
  settled: Settlers<Deps>,
): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const lane = laneOf(first);
  const held = await deps.storage.read((view) => heldUntil(view, first));
  if (held !== undefined) {
    await deps.storage.transact(lane.home, (tx) => holdBack(tx, lane, first.position - 1, held));
    return 0;
  }
  let moved = 0;
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const batch = rows.slice(at, at + AT_ONCE);
    const octets = batch.map((row) => row.octets);
    const answers = await carry(lane, octets).catch(() => {
      // A bug on the way counts as a try that failed, so that one bad envelope stops nobody else.
      deps.log('courier.stumbled');
      return [];
    });
    const arrived = answers.findIndex((answer) => isFailure(answer));
    const whole = arrived < 0 ? answers.length : arrived;
    await noteAnswers(deps, lane, batch, answers.slice(0, whole + 1), settled);
    moved += Math.min(whole, batch.length);
    // What comes later in the lane waits, so that order holds.
    if (whole < batch.length) break;
  }
  return moved;
}
