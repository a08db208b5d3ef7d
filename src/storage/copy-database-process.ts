import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { type Copied, filesOf } from './copy-database.ts';

const LOCK_WAIT_MS = 5_000;

/** The other end of `copyDatabase`. */
function copy(from: string, to: string): Copied {
  const source = new DatabaseSync(from, { readOnly: true, timeout: LOCK_WAIT_MS });
  try {
    source.prepare('vacuum into ?').run(to);
  } catch (error) {
    if (!(error instanceof Error && 'errcode' in error)) throw error;
    return { problem: { message: error.message, errcode: Number(error.errcode) } };
  } finally {
    source.close();
  }
  // As a node has it, so that the first one that opens the copy changes no page of it.
  const copied = new DatabaseSync(to);
  copied.exec('pragma journal_mode = wal');
  copied.close();
  return {};
}

const [from = '', to = ''] = process.argv.slice(2);
const copied = copy(from, to);
await setImmediate(); // only now it is known whether whoever wanted the copy was killed meanwhile
if (process.connected) process.send?.(copied, undefined, undefined, () => process.disconnect());
else for (const file of filesOf(to)) rmSync(file, { force: true });
