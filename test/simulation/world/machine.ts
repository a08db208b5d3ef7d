import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Categories } from '../../../src/categories/index.ts';
import type { Clock } from '../../../src/kernel/clock.ts';
import { isFailure } from '../../../src/kernel/result.ts';
import { seededRandom } from '../../../src/kernel/seeded-random.ts';
import { openNode } from '../../../src/node/index.ts';
import { type CommitFault, copyDisk, diskOf } from './disk.ts';
import type { Host } from './host.ts';
import type { Marks } from './ledger.ts';
import { type Life, newLife } from './life.ts';
import { countFault, violate, type World } from './world.ts';

export interface Shared {
  readonly seed: string;
  readonly gazetteer: string;
  readonly categories: Categories;
  /** Called after every commit, before anybody was told, and after every start. */
  readonly watch: (host: Host, life: Life, isNew: boolean) => void;
}

/** What a host is made of. */
export interface Machine {
  readonly world: () => World;
  readonly shared: Shared;
  readonly name: string;
  readonly host: () => Host;
  /** Counts its processes. */
  number: number;
  life: Life | undefined;
  isClosing: boolean;
  opening: Promise<void>;
  armed: CommitFault | undefined;
  fullAt: number;
  endings: Promise<unknown>[];
  backup: { readonly folder: string; readonly since: Marks } | undefined;
  backups: number;
}

const AGAIN_MS = 20_000;
/** Two snapshots at once, so that one can be older than the other. */
const READERS = 2;
/** What stumbles so long after a full disk stumbles because of it. */
const EXCUSE_MS = 60_000;

export function folderOf(machine: Machine): string {
  return join(machine.world().folder, `${machine.name}-${machine.number}`);
}

/** Every life has a folder of its own, so that what is left of an earlier one cannot reach it. */
function passOn(machine: Machine, life: Life): void {
  machine.number++;
  copyDisk(life.folder, folderOf(machine));
}

/** Buries a process: nothing of it reaches the world any more. */
export function end(machine: Machine, life: Life, last: Promise<unknown>): void {
  life.die();
  life.closePeephole();
  machine.life = undefined;
  machine.isClosing = false;
  machine.endings.push(
    last
      .catch(() => {}) // a process that has ended does not end well
      .then(() => life.node?.close())
      .catch(() => {}) // nor twice
      .then(() => rmSync(life.folder, { recursive: true, force: true })),
  );
}

export function start(machine: Machine): void {
  if (machine.life) return;
  const { scheduler } = machine.world();
  const life = newLife(machine.number, folderOf(machine), (ms, run) => scheduler.after(ms, run));
  machine.life = life;
  machine.opening = open(machine, life).catch((error: unknown) => {
    if (!life.isDead)
      violate(machine.world(), 'nothing-breaks', `${machine.name} does not open: ${told(error)}`);
  });
}

async function open(machine: Machine, life: Life): Promise<void> {
  const { shared, name } = machine;
  const world = machine.world();
  const opened = await openNode({
    data: life.folder,
    gazetteer: shared.gazetteer,
    categories: shared.categories,
    clock: clockOf(machine, life),
    random: seededRandom(`${shared.seed}/${name}/${life.number}`),
    log: (event) => heed(machine, life, event),
    publicOrigin: `https://${name}`,
    wayOut: world.network.wayOut(machine.host(), life),
    atStep: diskOf(world, machine.host(), life),
    readers: READERS,
  });
  if (isFailure(opened)) {
    if (life.isDead) return;
    world.trace.note(`${name} does not start: ${opened.code}`);
    passOn(machine, life);
    end(machine, life, Promise.resolve());
    world.scheduler.after(AGAIN_MS, () => start(machine));
    return;
  }
  life.node = opened.value;
  if (life.isDead) return;
  world.trace.note(`${name} is up (${life.number})`);
  shared.watch(machine.host(), life, true);
}

function clockOf(machine: Machine, life: Life): Clock {
  const { scheduler, dice } = machine.world();
  return {
    now: () => Math.floor(scheduler.now() + machine.host().offset),
    after(ms, callback) {
      const waits = Math.max(ms, machine.world().patience) + dice.below(1 + Math.floor(ms / 10));
      return scheduler.after(waits, () => {
        if (!life.isDead) callback();
      });
    },
  };
}

function heed(machine: Machine, life: Life, event: string): void {
  if (life.isDead) return;
  const world = machine.world();
  world.trace.note(`${machine.name} logs ${event}`);
  const isExcused = world.scheduler.now() - machine.fullAt < EXCUSE_MS;
  if (/stumbled|broke$/.test(event) && !isExcused)
    violate(world, 'nothing-stumbles', `${machine.name}: ${event}`);
}

/** Ends it as people do, and starts it again; a crash on the way ends it differently. */
export function restart(machine: Machine): void {
  const world = machine.world();
  if (!machine.life?.node || machine.isClosing) return;
  countFault(world, 'restart');
  const again = (): void => start(machine);
  void stop(machine).then(() => world.scheduler.after(world.dice.between(10, 30_000), again));
}

/** Ends it as people do; never resolves when it crashes on the way. */
export function stop(machine: Machine): Promise<void> {
  const { life, name } = machine;
  const { trace } = machine.world();
  if (!life?.node || machine.isClosing) return new Promise(() => {});
  trace.note(`${name} stops`);
  machine.isClosing = true;
  return new Promise((resolve) => {
    const ended = (): void => {
      if (life.isDead) return;
      trace.note(`${name} has stopped`);
      passOn(machine, life);
      end(machine, life, Promise.resolve());
      resolve();
    };
    life.node?.close().then(ended, () => {});
  });
}

export function crash(machine: Machine, when: string, harm?: (folder: string) => void): void {
  const { life } = machine;
  const world = machine.world();
  if (!life) return;
  countFault(world, `crash ${when}`);
  world.trace.note(`${machine.name} crashes ${when}`);
  passOn(machine, life);
  harm?.(folderOf(machine));
  end(machine, life, machine.opening);
  world.scheduler.after(world.dice.between(10, 60_000), () => start(machine));
}

export function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ');
}
