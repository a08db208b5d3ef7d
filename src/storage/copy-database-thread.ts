import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Copied, ToCopy } from './copy-database.ts';

const LOCK_WAIT_MS = 5_000;

/** The other end of `copyDatabase`. */
function copy({ from, to }: ToCopy): Copied {
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

parentPort?.postMessage(copy(workerData));
