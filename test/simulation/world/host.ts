import { join } from 'node:path';
import { type CommitFault, copyDisk, isOlder, putBack } from './disk.ts';
import type { Life } from './life.ts';
import { crash, end, folderOf, type Machine, restart, type Shared, start, stop } from './machine.ts';
import type { World } from './world.ts';

/** Milliseconds after which a backup that could not come back is tried again. */
const AGAIN_MS = 10_000;

/** One machine: its disk outlives its processes. */
export interface Host {
  readonly name: string;
  /** The process that runs now and answers; undefined while none does. */
  life(): Life | undefined;
  /** Starts a process on what is on the disk. */
  start(): void;
  /** Ends it as people do, and starts it again a while later. */
  restart(): void;
  /** Ends it as people do, for good. */
  stop(): Promise<void>;
  /** Where its disk lies; every process has a copy of its own. */
  folder(): string;
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

export function newHost(world: () => World, shared: Shared, name: string): Host {
  const machine: Machine = {
    ...{ world, shared, name, host: () => host, number: 0, life: undefined, isClosing: false },
    ...{ opening: Promise.resolve(), armed: undefined, fullAt: Number.NEGATIVE_INFINITY },
    ...{ endings: [], backup: undefined, backups: 0 },
  };
  const host: Host = {
    name,
    offset: 0,
    life: () => (machine.isClosing ? undefined : machine.life),
    start: () => start(machine),
    restart: () => restart(machine),
    stop: () => stop(machine),
    folder: () => folderOf(machine),
    crash: (when, harm) => crash(machine, when, harm),
    backUp: () => backUp(machine),
    restore: () => restore(machine),
    armCommit(fault) {
      machine.armed = fault;
    },
    takeCommitFault() {
      const fault = world().isHostile ? machine.armed : undefined;
      machine.armed = undefined;
      return fault;
    },
    sawFullDisk() {
      machine.fullAt = world().scheduler.now();
    },
    committed() {
      if (machine.life?.node) shared.watch(host, machine.life, false);
    },
    async buried() {
      const mine = machine.endings;
      machine.endings = [];
      await Promise.all(mine);
    },
    async destroy() {
      if (machine.life) end(machine, machine.life, machine.opening);
      await host.buried();
    },
  };
  return host;
}

function backUp(machine: Machine): void {
  const { life, name } = machine;
  const { folder, ledger, trace } = machine.world();
  if (!life?.node) return;
  const copy = join(folder, `${name}-backup-${machine.backups++}`);
  machine.backup = { folder: copy, since: ledger.marks() };
  copyDisk(life.folder, copy);
  trace.note(`${name} is backed up`);
}

function restore(machine: Machine): void {
  const { life, name, backup } = machine;
  const { dice, restored, ledger, knobs, scheduler, isHostile } = machine.world();
  if (!backup || !isHostile) return;
  const isUnnoticed = dice.chance(knobs.unnoticed);
  // What is less than a beat old cannot be told from what is there.
  if (!life?.node || (!isUnnoticed && !isOlder(backup.folder, life.folder))) {
    scheduler.after(AGAIN_MS, () => restore(machine));
    return;
  }
  restored.set(name, isUnnoticed ? 'unnoticed' : 'noticed');
  ledger.forget(name, backup.since);
  const how = `and an old backup comes back${isUnnoticed ? ' unnoticed' : ''}`;
  crash(machine, how, (folder) => putBack(backup.folder, folder, isUnnoticed));
}
