import { closeSync, openSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

export interface ToCopy {
  readonly from: string;
  readonly to: string;
}

/** What SQLite said when it could not. */
export interface Copied {
  readonly problem?: { readonly message: string; readonly errcode: number };
}

/** An error of SQLite's that was thrown in another thread; `databaseProblem` tells it. */
class CopyFailed extends Error {
  readonly code = 'ERR_SQLITE_ERROR';
  readonly errcode: number;
  constructor({ message, errcode }: NonNullable<Copied['problem']>) {
    super(message);
    this.errcode = errcode;
  }
}

/**
 * Copies a database as it is at one moment, while it is used, to a file that must not exist. SQLite writes the rows anew
 * (VACUUM INTO), so that nothing of what was erased stands in the free pages of the copy. In a thread of its own: it takes
 * a while, and everything else goes on.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  closeSync(openSync(to, 'wx', 0o600)); // SQLite takes an empty file, and leaves it to its owner
  const data: ToCopy = { from, to };
  const thread = new Worker(new URL('./copy-database-thread.ts', import.meta.url), { workerData: data });
  const { problem } = await new Promise<Copied>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that copies the database ended')));
  });
  if (problem) throw new CopyFailed(problem);
}
