import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkAtRest } from './invariants/index.ts';
import { doAction, drawActions, type Scene, say } from './workload/actions.ts';
import { harass } from './workload/faults.ts';
import { diceOf } from './world/dice.ts';
import { copyDisk } from './world/disk.ts';
import { drawKnobs } from './world/knobs.ts';
import { newWorld, runUntil, startAll } from './world/new-world.ts';
import { calm } from './world/scheduler.ts';
import type { Template } from './world/template.ts';
import { faultCount, type Violation, violate, type World } from './world/world.ts';

/** How much of everything a run has at least. */
export interface Length {
  /** Whether old backups come back. */
  readonly restores: boolean;
  readonly actions: number;
  readonly envelopes: number;
  readonly faults: number;
  readonly hostileMs: number;
}

export const SHORT: Length = { restores: false, actions: 14, envelopes: 0, faults: 0, hostileMs: 240_000 };
export const RESTORED: Length = { ...SHORT, restores: true };
export const FULL: Length = {
  restores: false,
  actions: 400,
  envelopes: 500,
  faults: 20,
  hostileMs: 2_400_000,
};

export interface RunReport {
  readonly seed: string;
  readonly hash: string;
  readonly steps: number;
  readonly envelopes: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly violation: Violation | undefined;
  readonly last: readonly string[];
}

const HOUR = 3_600_000;
/** By then everything that can be delivered has been, unless a clock went astray for longer. */
const HEALED_WITHIN_MS = 12 * HOUR;
const LINES = 60;
/** Runs that have not seen enough yet go on for so long, again and again. */
const MORE_MS = 60_000;

/** One seed from its beginning to its end: trouble, healing, rest. */
export async function runSeed(
  template: Template,
  folder: string,
  seed: string,
  length: Length,
): Promise<RunReport> {
  mkdirSync(folder, { recursive: true });
  for (const host of template.hosts) copyDisk(join(template.folder, host), join(folder, `${host}-0`));
  const knobs = drawKnobs(diceOf(`${seed}/knobs`), length.restores);
  const start = template.at + HOUR;
  const world = newWorld({ folder, seed, hosts: template.hosts, knobs, start, isWatched: true });
  for (const [number, count] of template.stock) world.ledger.stock.set(number, count);
  const scene: Scene = { world, template, deals: [...template.deals], count: 0 };
  try {
    await startAll(world);
    await trouble(scene, length);
    await heal(world);
    await sayOnce(scene);
    if (!world.violation) checkAtRest(world);
    return reportOf(world, seed);
  } finally {
    for (const host of world.hosts.values()) await host.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function trouble(scene: Scene, length: Length): Promise<void> {
  const { world } = scene;
  const { scheduler, dice } = world;
  world.isHostile = true;
  const actions = drawActions(dice, world.knobs.restores);
  const end = scheduler.now() + length.hostileMs;
  harass(world, end);
  const isEnough = (): boolean =>
    scene.count >= length.actions &&
    envelopesOf(world) >= length.envelopes &&
    faultCount(world) >= length.faults;
  const next = (): void => {
    if (!world.isHostile) return;
    scheduler.after(dice.below((2 * length.hostileMs) / length.actions), () => {
      if (!world.isHostile) return;
      scene.count++;
      // Everybody acts for themselves; nobody waits for another.
      void doAction({ ...scene }, dice.weighted(actions));
      next();
    });
  };
  next();
  while (!world.violation && (scheduler.now() < end || !isEnough())) {
    await runUntil(world, Math.max(end, scheduler.now() + MORE_MS));
    if (faultCount(world) < length.faults) harass(world, scheduler.now() + MORE_MS, false);
  }
}

/** No new trouble; what is down starts, and everything waits for its turn. */
async function heal(world: World): Promise<void> {
  const { scheduler, network, hosts } = world;
  world.isHostile = false;
  world.trace.note('healing');
  network.mend();
  for (const host of hosts.values()) scheduler.after(1, host.start);
  await runUntil(world, scheduler.now() + 200_000);
  world.patience = Math.max(10 * 60_000, world.knobs.skewMs / 20);
  const end = scheduler.now() + HEALED_WITHIN_MS + 2 * world.knobs.skewMs;
  while (!world.violation && scheduler.now() < end && !isDrained(world)) {
    await runUntil(world, scheduler.now() + world.patience / 2);
  }
  await calm();
  if (!world.violation && !isDrained(world)) violate(world, 'outbox-drains', waiting(world));
}

/** Each open relationship still carries words both ways. */
async function sayOnce(scene: Scene): Promise<void> {
  for (const deal of scene.deals) {
    for (const who of [deal.buyer, deal.seller]) {
      scene.count++;
      void say({ ...scene }, deal, who);
    }
  }
  await runUntil(scene.world, scene.world.scheduler.now() + 5_000);
  await heal(scene.world);
}

function isDrained(world: World): boolean {
  if (world.network.underWay() > 0) return false;
  return [...world.hosts.values()].every((host) => {
    const life = host.life();
    if (!life?.node) return false;
    return life.peek(`select 1 from outbox where state = 'saved' limit 1`).length === 0;
  });
}

function waiting(world: World): string {
  const rows = [...world.hosts.values()].flatMap((host) =>
    (
      host
        .life()
        ?.peek<{ type: string; attempts: number; problem: string | null; position: number }>(
          `select type, attempts, problem, position from outbox where state = 'saved' order by home_id, position limit 3`,
        ) ?? []
    ).map((it) => `${host.name} ${it.type} after ${it.attempts} tries: ${it.problem}`),
  );
  return rows.join('; ') || 'requests are still under way';
}

function envelopesOf(world: World): number {
  let sum = 0;
  for (const host of world.hosts.values()) {
    const life = host.life();
    if (!life?.node) continue;
    const [row] = life.peek<{ n: number }>('select count(*) as n from outbox');
    sum += row?.n ?? 0;
  }
  return sum;
}

function reportOf(world: World, seed: string): RunReport {
  return {
    seed,
    hash: world.trace.hash(),
    steps: world.scheduler.steps(),
    envelopes: envelopesOf(world),
    faults: Object.fromEntries([...world.faults].sort()),
    violation: world.violation,
    last: world.trace.last(LINES),
  };
}
