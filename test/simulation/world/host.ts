import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Categories } from '../../../src/categories/index.ts';
import type { Clock } from '../../../src/kernel/clock.ts';
import { isFailure } from '../../../src/kernel/result.ts';
import { seededRandom } from '../../../src/kernel/seeded-random.ts';
import { openNode } from '../../../src/node/index.ts';
import { type CommitFault, copyDisk, diskOf, putBack } from './disk.ts';
import type { Marks } from './ledger.ts';
import { type Life, newLife } from './life.ts';
import { countFault, violate, type World } from './world.ts';

/** One machine: its disk outlives its processes. */
export interface Host {
  readonly name: string;
  /** The process that runs now and answers; undefined while none does. */
  life(): Life | undefined;
  /** Starts a process on what is on the disk. */
  start(): void;
  /** Ends it as `npm stop` does. */
  stop(): void;
  /** Ends it between two steps; `harm` is done to the disk afterwards. */
  crash(when: string, harm?: (folder: string) => void): void;
  /** What the clock here is ahead of true time. */
  offset: number;
  /** Copies what is on the disk now; the latest copy comes back with `restore`. */
  backUp(): void;
  restore(): void;
  armCommit(fault: CommitFault): void;
  takeCommitFault(): CommitFault | undefined;
  sawFullDisk(): void;
  committed(): void;
  /** Resolves when what is left of dead processes is gone. */
  buried(): Promise<void>;
  /** Ends everything at once. */
  destroy(): Promise<void>;
}

export interface Shared {
  readonly seed: string;
  readonly gazetteer: string;
  readonly categories: Categories;
  /** Called after every commit, before anybody was told, and after every start. */
  readonly watch: (host: Host, life: Life, isNew: boolean) => void;
}

const AGAIN_MS = 20_000;
/** What stumbles so long after a full disk stumbles because of it. */
const EXCUSE_MS = 60_000;

export function newHost(world: () => World, shared: Shared, name: string): Host {
  const folderOf = (number: number): string => join(world().folder, `${name}-${number}`);
  let number = 0;
  let life: Life | undefined;
  let isClosing = false;
  let armed: CommitFault | undefined;
  let fullAt = Number.NEGATIVE_INFINITY;
  let endings: Promise<unknown>[] = [];
  let backup: { readonly folder: string; readonly since: Marks } | undefined;
  let backups = 0;

  const clockOf = (mine: Life): Clock => ({
    now: () => Math.floor(world().scheduler.now() + host.offset),
    after(ms, callback) {
      const { scheduler, dice, patience } = world();
      const waits = Math.max(ms, patience) + dice.below(1 + Math.floor(ms / 10));
      return scheduler.after(waits, () => {
        if (!mine.isDead) callback();
      });
    },
  });
  const log = (mine: Life) => (event: string) => {
    if (mine.isDead) return;
    world().trace.note(`${name} logs ${event}`);
    const isExcused = world().scheduler.now() - fullAt < EXCUSE_MS;
    if (/stumbled|broke$/.test(event) && !isExcused)
      violate(world(), 'nothing-stumbles', `${name}: ${event}`);
  };
  const open = async (mine: Life): Promise<void> => {
    const opened = await openNode({
      data: mine.folder,
      gazetteer: shared.gazetteer,
      categories: shared.categories,
      clock: clockOf(mine),
      random: seededRandom(`${shared.seed}/${name}/${mine.number}`),
      log: log(mine),
      publicOrigin: `https://${name}`,
      wayOut: world().network.wayOut(host, mine),
      atStep: diskOf(world(), host, mine),
    });
    if (isFailure(opened)) {
      if (!mine.isDead) {
        world().trace.note(`${name} does not start: ${opened.code}`);
        passOn(mine);
        end(mine, Promise.resolve());
        world().scheduler.after(AGAIN_MS, host.start);
      }
      return;
    }
    mine.node = opened.value;
    if (mine.isDead) return;
    world().trace.note(`${name} is up (${mine.number})`);
    shared.watch(host, mine, true);
  };
  /** Every life has a folder of its own, so that what is left of an earlier one cannot reach it. */
  const passOn = (mine: Life): void => {
    number++;
    copyDisk(mine.folder, folderOf(number));
  };
  const end = (mine: Life, last: Promise<unknown>): void => {
    mine.die();
    mine.closePeephole();
    life = undefined;
    isClosing = false;
    endings.push(
      last
        .catch(() => {}) // a process that has ended does not end well
        .then(() => mine.node?.close())
        .catch(() => {}) // nor twice
        .then(() => rmSync(mine.folder, { recursive: true, force: true })),
    );
  };
  let opening: Promise<void> = Promise.resolve();
  const host: Host = {
    name,
    offset: 0,
    life: () => (isClosing ? undefined : life),
    start() {
      if (life) return;
      const mine = newLife(number, folderOf(number), (ms, run) => world().scheduler.after(ms, run));
      life = mine;
      opening = open(mine).catch((error: unknown) => {
        if (!mine.isDead) violate(world(), 'nothing-breaks', `${name} does not open: ${told(error)}`);
      });
    },
    stop() {
      const mine = life;
      if (!mine?.node || isClosing) return;
      countFault(world(), 'restart');
      world().trace.note(`${name} stops`);
      isClosing = true;
      const closing = mine.node.close();
      const ended = (): void => {
        if (mine.isDead) return;
        world().trace.note(`${name} has stopped`);
        passOn(mine);
        end(mine, Promise.resolve());
        world().scheduler.after(world().dice.between(10, 30_000), host.start);
      };
      closing.then(ended, () => {}); // a crash on the way ends it differently
    },
    crash(when, harm) {
      const mine = life;
      if (!mine) return;
      countFault(world(), `crash ${when}`);
      world().trace.note(`${name} crashes ${when}`);
      passOn(mine);
      harm?.(folderOf(number));
      end(mine, opening);
      world().scheduler.after(world().dice.between(10, 60_000), host.start);
    },
    backUp() {
      if (!life?.node) return;
      backup = { folder: join(world().folder, `${name}-backup-${backups++}`), since: world().ledger.marks() };
      copyDisk(life.folder, backup.folder);
      world().trace.note(`${name} is backed up`);
    },
    restore() {
      const old = backup;
      if (!old || !life?.node) return;
      const isUnnoticed = world().dice.chance(300);
      world().restored.add(name);
      world().ledger.forget(name, old.since);
      host.crash(`and an old backup comes back${isUnnoticed ? ' unnoticed' : ''}`, (folder) =>
        putBack(old.folder, folder, isUnnoticed),
      );
    },
    armCommit(fault) {
      armed = fault;
    },
    takeCommitFault() {
      const fault = world().isHostile ? armed : undefined;
      armed = undefined;
      return fault;
    },
    sawFullDisk() {
      fullAt = world().scheduler.now();
    },
    committed() {
      if (life?.node) shared.watch(host, life, false);
    },
    async buried() {
      const mine = endings;
      endings = [];
      await Promise.all(mine);
    },
    async destroy() {
      if (life) end(life, opening);
      await host.buried();
    },
  };
  return host;
}

export function told(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ')
    : String(error);
}
