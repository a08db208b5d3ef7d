import type { HomeId } from '../kernel/ids.ts';
import { isFailure, type Result } from '../kernel/result.ts';
import { type Rounds, startRounds } from '../kernel/rounds.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import type { CarryLane } from './carry.ts';
import { AT_ONCE, dueLanes, heldUntil, holdBack, inOneGo, laneOf } from './lanes.ts';
import type { Lane, WaitingRow } from './model.ts';
import { noteAnswers, type Settlers } from './note-answers.ts';
import { later } from './rules.ts';
import { OUTBOX } from './send.ts';

export type Courier = Rounds;

const LOOK_AGAIN_MS = 5_000;

/** Whether a sender's records wait for something else than the way there. */
type IsHeld = (view: View, home: HomeId, sender: string) => Promise<boolean>;

interface Way<Deps extends BaseDeps> {
  readonly carry: CarryLane;
  readonly settled: Settlers<Deps>;
  readonly isHeld: IsHeld;
}

/** Looked at again after so long, if nobody lets them go before. */
const HELD_MS = 60_000;
const HELD = 'relationship-reconciling';

/**
 * Carries what waits in the outboxes, each lane's envelopes in order, until a receipt is stored or it is given up. It
 * remembers nothing itself: after a crash it begins again from the rows.
 */
export function startCourier<Deps extends BaseDeps>(
  deps: Deps,
  carry: CarryLane,
  settled: Settlers<Deps> = new Map(),
  isHeld: IsHeld = async () => false,
): Courier {
  const way: Way<Deps> = { carry, settled, isHeld };
  const rounds = startRounds({
    clock: deps.clock,
    everyMs: LOOK_AGAIN_MS,
    round: async () => (await carryDue(deps, way)) > 0,
    stumbled: () => deps.log('courier.stumbled'),
  });
  deps.storage.listen(OUTBOX, rounds.wake);
  return rounds;
}

/** One round: everything due, lanes side by side. Answers how many envelopes moved on. */
async function carryDue<Deps extends BaseDeps>(deps: Deps, way: Way<Deps>): Promise<number> {
  const lanes = await deps.storage.read((view) => dueLanes(view, deps.clock.now()));
  const moved = await Promise.allSettled(lanes.map((rows) => carryLane(deps, way, rows)));
  return moved.reduce((sum, lane) => sum + (lane.status === 'fulfilled' ? lane.value : 0), 0);
}

async function carryLane<Deps extends BaseDeps>(
  deps: Deps,
  way: Way<Deps>,
  due: readonly WaitingRow[],
): Promise<number> {
  const [first] = due;
  if (!first) return 0;
  const lane = laneOf(first);
  const { held, rows, free } = await deps.storage.read(async (view) => {
    const rows = await inOneGo(view, due, deps.clock.now());
    return { held: await heldUntil(view, first), rows, free: await howManyMayGo(view, way.isHeld, rows) };
  });
  if (held !== undefined) {
    await deps.storage.transact(lane.home, (tx) => holdBack(tx, lane, first.position - 1, held));
    return 0;
  }
  let moved = 0;
  while (moved < rows.length) {
    const isFree = moved < free;
    const batch = rows.slice(moved, Math.min(moved + AT_ONCE, isFree ? free : rows.length));
    const answers = isFree ? await carryBatch(deps, way, lane, batch) : [later(HELD, HELD_MS)];
    const arrived = answers.findIndex((answer) => isFailure(answer));
    const whole = arrived < 0 ? answers.length : arrived;
    await noteAnswers(deps, lane, batch, answers.slice(0, whole + 1), way.settled);
    moved += Math.min(whole, batch.length);
    // What comes later in the lane waits, so that order holds.
    if (whole < batch.length) break;
  }
  return moved;
}

/** Everything, or what comes before the first record when those are held. */
async function howManyMayGo(view: View, isHeld: IsHeld, rows: readonly WaitingRow[]): Promise<number> {
  const first = rows.findIndex((row) => row.type === 'record');
  const record = rows[first];
  return record && (await isHeld(view, record.home_id, record.sender)) ? first : rows.length;
}

function carryBatch<Deps extends BaseDeps>(
  deps: Deps,
  way: Way<Deps>,
  lane: Lane,
  batch: readonly WaitingRow[],
): Promise<readonly Result<Uint8Array>[]> {
  const octets = batch.map((row) => row.octets);
  return way.carry(lane, octets).catch(() => {
    // A bug on the way counts as a try that failed, so that one bad envelope stops nobody else.
    deps.log('courier.stumbled');
    return [];
  });
}
