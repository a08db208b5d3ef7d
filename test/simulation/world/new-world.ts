import { type Categories, openCategories } from '../../../src/categories/index.ts';
import { gazetteerForTests } from '../../../src/places/testing.ts';
import { watcher } from '../invariants/index.ts';
import { diceOf } from './dice.ts';
import { newHost } from './host.ts';
import type { Knobs } from './knobs.ts';
import { newLedger } from './ledger.ts';
import { newNetwork } from './network.ts';
import { calm, schedulerFrom } from './scheduler.ts';
import { newTrace } from './trace.ts';
import type { World } from './world.ts';

interface Beginning {
  readonly folder: string;
  readonly seed: string;
  readonly hosts: readonly string[];
  readonly knobs: Knobs;
  readonly start: number;
  /** False while a place is being made that nobody keeps a ledger of. */
  readonly isWatched: boolean;
}

let categories: Categories | undefined;

/** A world in which nothing runs yet. */
export function newWorld({ folder, seed, hosts, knobs, start, isWatched }: Beginning): World {
  const dice = diceOf(seed);
  const scheduler = schedulerFrom(start, dice);
  categories ??= openCategories();
  const self = (): World => world;
  const shared = {
    seed,
    gazetteer: gazetteerForTests(),
    categories,
    watch: isWatched ? watcher(self) : () => {},
  };
  const world: World = {
    folder,
    dice,
    knobs,
    scheduler,
    trace: newTrace(scheduler.now),
    hosts: new Map(hosts.map((name) => [name, newHost(self, shared, name)])),
    network: newNetwork(self),
    ledger: newLedger(self),
    faults: new Map(),
    restored: new Map(),
    patience: knobs.patienceMs,
    isHostile: false,
    violation: undefined,
  };
  return world;
}

/** Envelopes that were ever written, on the hosts that are up. */
export function envelopesOf(world: World): number {
  let sum = 0;
  for (const host of world.hosts.values()) {
    const life = host.life();
    if (!life?.node) continue;
    const [row] = life.peek<{ n: number }>('select count(*) as n from outbox');
    sum += row?.n ?? 0;
  }
  return sum;
}

/** Runs what comes until that instant, or until something is found to be wrong. */
export async function runUntil(world: World, until: number): Promise<void> {
  while (!world.violation && (await world.scheduler.step(until))) await bury(world);
}

async function bury(world: World): Promise<void> {
  for (const host of world.hosts.values()) await host.buried();
}

/** How long a calm world takes to carry everything there is to carry: a few journeys and commits. */
const CALM_MS = 2_000;

/** For a world without trouble: runs until everything has been carried. */
export async function runUntilCalm(world: World): Promise<void> {
  await calm();
  for (let quiet = 0; quiet < 2 && !world.violation; quiet++) {
    await runUntil(world, world.scheduler.now() + CALM_MS);
    if (world.network.underWay() > 0) quiet = 0;
  }
}

export async function startAll(world: World): Promise<void> {
  for (const host of world.hosts.values()) host.start();
  await runUntilCalm(world);
}

/** Stops every host as people do, and waits until it has; nothing starts again. */
export async function stopAll(world: World): Promise<void> {
  for (const host of world.hosts.values()) {
    let isClosed = false;
    void host.stop().then(() => {
      isClosed = true;
    });
    // What asks a host that has stopped already waits for its time to be over.
    while (!isClosed && !world.violation) await runUntilCalm(world);
  }
}
