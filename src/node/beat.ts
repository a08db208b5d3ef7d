import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { type Repeating, repeating } from '../kernel/repeating.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type Storage, tables } from '../storage/index.ts';

interface Tables {
  node_values: { home_id: string; name: string; value: string };
}

const NAME = 'beat';
const EVERY_MS = 60_000;

/**
 * A number that goes up every minute, when a backup has been made and when the node is stopped, in the database and then in
 * a file beside it. A database whose number is lower than the file's came back from a backup: what it had said and taken
 * since then it has forgotten, and must ask about.
 */
export async function isRestored(storage: Storage, file: string): Promise<boolean> {
  const kept = await storage.read((view) => beatOf(view));
  if (kept === 0) return false;
  // A file that says no number says nothing: then nobody knows.
  const beside = numberIn(file);
  return beside === undefined || kept < beside;
}

/** Counts on from the higher of the two, now and every minute. */
export function startBeat(deps: { storage: Storage; clock: Clock; log: Log }, file: string): Repeating {
  return repeating(
    deps.clock,
    EVERY_MS,
    () => beatOnce(deps.storage, file),
    () => deps.log('beat.stumbled'),
  );
}

export async function beatOnce(storage: Storage, file: string): Promise<void> {
  const before = numberIn(file) ?? 0;
  const next = await storage.transact(NODE_HOME, async (tx) => {
    const value = `${Math.max(before, await beatOf(tx)) + 1}`;
    await tables<Tables>(tx)
      .insertInto('node_values')
      .values({ home_id: NODE_HOME, name: NAME, value })
      .onConflict((c) => c.columns(['home_id', 'name']).doUpdateSet({ value }))
      .execute();
    return value;
  });
  // The database first: a crash in between must not look like a backup. Another beat may have come before this one.
  if (Number(next) > (numberIn(file) ?? 0)) writeWhole(file, next);
}

function numberIn(file: string): number | undefined {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : undefined;
}

async function beatOf(view: Parameters<Parameters<Storage['read']>[0]>[0]): Promise<number> {
  const row = await tables<Tables>(view)
    .selectFrom('node_values')
    .select('value')
    .where('home_id', '=', NODE_HOME)
    .where('name', '=', NAME)
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}

function writeWhole(path: string, text: string): void {
  const file = openSync(`${path}.part`, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path);
}
