import {
  type CarryLane,
  carryAcross,
  carryBoth,
  carryLocally,
  carryToBox,
  startCollector,
  startCourier,
} from '../delivery/index.ts';
import { startCopying } from '../facts/index.ts';
import { startGrantKeeper } from '../grants/index.ts';
import { HANDLERS, SETTLERS } from '../handlers.ts';
import { startMarketKeeper } from '../market/index.ts';
import { carryOnward, startMover } from '../moving/index.ts';
import type { Deps } from '../operations.ts';
import { isReconciling } from '../relationships/index.ts';
import { startRules } from '../tiers/index.ts';
import { startBeat } from './beat.ts';
import type { DataFolder } from './data-folder.ts';
import { startTimekeeper } from './timekeeper.ts';

/** Something that works by itself while a node is open. */
interface Service {
  /** Resolves when nothing that is due waits any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export type Services = Service;

/** Starts everything that works by itself, in this order; it stops in the opposite one. */
export function startServices(deps: Deps, folder: DataFolder): Services {
  const services = STARTERS.map((start) => start(deps, folder));
  return {
    async idle() {
      // What one of them did may have left work for another.
      for (const service of [...services, ...services]) await service.idle();
    },
    async stop() {
      for (const service of services.toReversed()) await service.stop();
    },
  };
}

function carriers(deps: Deps): CarryLane {
  return carryBoth(deps.ownHosts, {
    inside: carryLocally(deps, HANDLERS),
    toBox: carryToBox(deps),
    across: carryAcross(deps, deps.wayOut),
    onward: carryOnward(deps),
  });
}

const STARTERS: readonly ((deps: Deps, folder: DataFolder) => Service)[] = [
  // What rules give is carried in the same round.
  (deps) => startRules(deps),
  (deps) => startCourier(deps, carriers(deps), SETTLERS, isReconciling),
  (deps) => startCollector(deps, deps.wayOut, HANDLERS),
  (deps) => startMarketKeeper(deps),
  (deps) => startGrantKeeper(deps),
  (deps) => startMover(deps),
  (deps) => startCopying(deps),
  (deps) => startTimekeeper(deps),
  (deps, folder) => startBeat(deps, folder.beatFile),
];
