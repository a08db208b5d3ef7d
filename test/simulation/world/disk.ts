import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { WriterStep } from '../../../src/storage/index.ts';
import type { Host } from './host.ts';
import type { Life } from './life.ts';
import { calm } from './scheduler.ts';
import { countFault, type World } from './world.ts';

/**
 * What shall befall a coming commit: the disk is full; the machine stops before it; it stops after it, before anybody was
 * told, and what was written survives; or does not, torn off somewhere.
 */
export type CommitFault = 'full' | 'before' | 'survives' | 'torn';

const FILES = ['parley.sqlite', 'parley.sqlite-wal', 'parley.sqlite-sums', 'node.key', 'beat'];
/** SQLite moves pages from the log into the database from here on; then nothing of it can be torn off any more. */
const CHECKPOINT_OCTETS = 3_900_000;

/** Puts an old database in the place of the newer one; with its beat, nobody can tell that it is old. */
export function putBack(backup: string, folder: string, isUnnoticed: boolean): void {
  for (const name of FILES) {
    if (name === 'node.key' || (name === 'beat' && !isUnnoticed)) continue;
    rmSync(join(folder, name), { force: true });
    if (existsSync(join(backup, name))) copyFileSync(join(backup, name), join(folder, name));
  }
}

/** Copies what a machine that stops now has on its disk; the index of the log is memory, and gone. */
export function copyDisk(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const name of FILES) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

/** Whether a node that found this backup in the folder's place could tell, by the beat that both remember. */
export function isOlder(backup: string, folder: string): boolean {
  const database = new DatabaseSync(join(backup, 'parley.sqlite'));
  try {
    const row = database.prepare("select value from node_values where name = 'beat'").get();
    return Number(row?.value ?? 0) < Number(readFileSync(join(folder, 'beat'), 'utf8'));
  } finally {
    database.close();
  }
}

function logOf(folder: string): Buffer {
  const path = join(folder, 'parley.sqlite-wal');
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
}

/** Tears off what the last commit wrote to the log, as a power loss does that comes before the disk has synced. */
function tearOff(folder: string, before: Buffer, at: (from: number, to: number) => number): void {
  const after = logOf(folder);
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  truncateSync(join(folder, 'parley.sqlite-wal'), at(same, after.length - 1));
}

/** What the code of a process that has ended is told; nobody of this world hears it. */
class Ended extends Error {}

export function isOfTheDead(error: unknown): boolean {
  return error instanceof Ended;
}

/** A full disk, as node:sqlite says it. */
function fullDisk(): Error {
  return Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
}

/** The disk of one life: where its writer waits, is refused, or comes to its end. */
export function diskOf(world: World, host: Host, life: Life): (step: WriterStep) => Promise<void> {
  let logBefore: Buffer | undefined;
  let ending: 'survives' | 'torn' | undefined;
  const slow = async (): Promise<void> => {
    if (world.isHostile && world.dice.chance(world.knobs.slowCommit)) await life.wait(world.dice.below(400));
  };
  const beforeCommit = async (): Promise<void> => {
    await slow();
    const fault = host.takeCommitFault();
    if (fault === 'full') {
      countFault(world, 'disk full');
      host.sawFullDisk();
      throw fullDisk();
    }
    if (fault === 'before') {
      host.crash('before a commit');
      await life.untilDeath();
    }
    if (life.isDead) throw new Ended();
    ending = fault === 'survives' || fault === 'torn' ? fault : undefined;
    if (ending === 'torn') logBefore = logOf(life.folder);
  };
  const afterCommit = async (): Promise<void> => {
    if (life.isDead) return;
    if (ending === undefined) {
      host.committed();
      await slow();
      return;
    }
    const before = logBefore;
    const canTear = ending === 'torn' && before !== undefined && before.length < CHECKPOINT_OCTETS;
    host.crash(
      canTear ? 'after a commit, torn' : 'after a commit, kept',
      canTear ? (folder) => tearOff(folder, before, (a, b) => world.dice.between(a, b)) : undefined,
    );
  };
  return async (step) => {
    if (life.isDead) {
      await calm();
      if (step === 'commit') throw new Ended();
    } else if (step === 'turn') await life.wait(world.dice.below(3));
    else if (step === 'commit') await beforeCommit();
    else await afterCommit();
  };
}
