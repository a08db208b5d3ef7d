import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../../src/kernel/result.ts';
import { migrate, sqliteStorage } from '../../src/storage/index.ts';

let made: Promise<string> | undefined;

/** Puts a SQLite file with every table there, and nothing in them: to copy one takes a tenth of the time of migrating. */
export async function putMigrated(path: string): Promise<void> {
  made ??= make();
  copyFileSync(await made, path);
}

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-migrated-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'node.sqlite');
  const storage = sqliteStorage(path);
  must(await migrate(storage, 0));
  await storage.close();
  return path;
}
