import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkAtRest } from './invariants/index.ts';
import { doAction, drawActions, type Scene, say, talkOn } from './workload/actions.ts';
import { harass } from './workload/faults.ts';
import { diceOf } from './world/dice.ts';
import { copyDisk } from './world/disk.ts';
import { drawKnobs } from './world/knobs.ts';
import { envelopesOf, newWorld, runUntil, startAll } from './world/new-world.ts';
import { calm } from './world/scheduler.ts';
import type { Template } from './world/template.ts';
import { faultCount, type Violation, violate, type World } from './world/world.ts';

/** How much of everything a run has at least, all of it while there is trouble. */
export interface Length {
  /** In how many of a thousand runs an old backup comes back; and of a thousand such, how many bring their beat along. */
  readonly restores: { readonly often: number; readonly unnoticed: number };
  readonly actions: number;
  readonly envelopes: number;
  readonly faults: number;
  readonly hostileMs: number;
  /** Milliseconds from one blow at a machine or a line to the next, on average; every run draws one of these. */
  readonly blowsEveryMs: readonly number[];
}

export const SHORT: Length = {
  restores: { often: 100, unnoticed: 300 },
  actions: 14,
  envelopes: 20,
  faults: 4,
  hostileMs: 120_000,
  blowsEveryMs: [8_000, 20_000, 45_000],
};
export const RESTORED: Length = { ...SHORT, restores: { often: 1_000, unnoticed: 300 } };
export const FULL: Length = {
  restores: { often: 100, unnoticed: 300 },
  actions: 400,
  envelopes: 500,
  faults: 20,
  hostileMs: 1_200_000,
  blowsEveryMs: [10_000, 25_000, 60_000],
};

export interface RunReport {
  readonly seed: string;
  readonly hash: string;
  readonly steps: number;
  /** Written while there was trouble. */
  readonly envelopes: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly violation: Violation | undefined;
  readonly last: readonly string[];
}

const MINUTE = 60_000;
/** By then everything that can be delivered has been, unless a clock went astray for longer. */
const HEALED_WITHIN_MS = 12 * 60 * MINUTE;
/** By then what was under way has come, or never will. */
const LATE_MS = 200_000;
const LINES = 60;
/** Runs that have not seen enough yet go on for so long, again and again, though not forever. */
const MORE_MS = 30_000;
const MORE_TIMES = 20;

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
  const start = template.at + MINUTE;
  const world = newWorld({ folder, seed, hosts: template.hosts, knobs, start, isWatched: true });
  for (const [number, count] of template.stock) world.ledger.stock.set(number, count);
  const scene: Scene = { world, template, deals: [...template.deals], count: 0 };
  try {
    await startAll(world);
    await trouble(scene, length);
    const envelopes = envelopesOf(world) - template.envelopes;
    await heal(world, LATE_MS);
    await sayOnce(scene);
    if (!world.violation) checkAtRest(world);
    return reportOf(world, seed, envelopes);
  } finally {
    for (const host of world.hosts.values()) await host.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function trouble(scene: Scene, length: Length): Promise<void> {
  const { world, template } = scene;
  const { scheduler, dice } = world;
  world.isHostile = true;
  const actions = drawActions(dice, world.knobs.restores);
  const end = scheduler.now() + length.hostileMs;
  const everyMs = dice.pick(length.blowsEveryMs);
  harass(world, end, everyMs);
  const isEnough = (): boolean =>
    scene.count >= length.actions &&
    envelopesOf(world) - template.envelopes >= length.envelopes &&
    faultCount(world) >= length.faults;
  const next = (): void => {
    if (!world.isHostile) return;
    scheduler.after(dice.below((2 * length.hostileMs) / length.actions), () => {
      if (!world.isHostile) return;
      scene.count++;
      // Everybody acts for themselves; nobody waits for another.
      void doAction({ ...scene }, dice.weighted(actions));
      // Where little is left to be done, people talk.
      if (scheduler.now() > end) void talkOn({ ...scene, count: ++scene.count });
      next();
    });
  };
  next();
  while (!world.violation && (scheduler.now() < end || !isEnough())) {
    await runUntil(world, Math.max(end, scheduler.now() + MORE_MS));
    if (faultCount(world) < length.faults) harass(world, scheduler.now() + MORE_MS, everyMs, false);
    if (scheduler.now() > end + MORE_TIMES * length.hostileMs) {
      violate(world, 'enough-happens', `${envelopesOf(world) - template.envelopes} envelopes were written`);
    }
  }
}

/** No new trouble; what is down starts, and everything waits for its turn. */
async function heal(world: World, lateMs: number): Promise<void> {
  const { scheduler, network, hosts } = world;
  world.isHostile = false;
  world.trace.note('healing');
  network.mend();
  for (const host of hosts.values()) scheduler.after(1, host.start);
  // At rest nothing has to be looked at every few seconds.
  world.patience = Math.max(10 * MINUTE, world.knobs.skewMs / 20);
  await runUntil(world, scheduler.now() + lateMs);
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
  await calm();
  await runUntil(scene.world, scene.world.scheduler.now() + 5_000);
  await heal(scene.world, 0);
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

function reportOf(world: World, seed: string, envelopes: number): RunReport {
  return {
    seed,
    hash: world.trace.hash(),
    steps: world.scheduler.steps(),
    envelopes,
    faults: Object.fromEntries([...world.faults].sort()),
    violation: world.violation,
    last: world.trace.last(LINES),
  };
}
