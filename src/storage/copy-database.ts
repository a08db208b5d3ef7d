import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';

/** What SQLite said when it could not. */
export interface Copied {
  readonly problem?: { readonly message: string; readonly errcode: number };
}

/** An error of SQLite's that was thrown in another process; `databaseProblem` tells it. */
class CopyFailed extends Error {
  readonly code = 'ERR_SQLITE_ERROR';
  readonly errcode: number;
  constructor({ message, errcode }: NonNullable<Copied['problem']>) {
    super(message);
    this.errcode = errcode;
  }
}

/** A database, and what SQLite may have laid beside it. */
export function filesOf(path: string): string[] {
  return ['', '-journal', '-wal', '-shm'].map((end) => path + end);
}

/**
 * Copies a database as it is at one moment, while it is used, to a file that must not exist. SQLite writes the rows anew
 * (VACUUM INTO), so that nothing of what was erased stands in the free pages of the copy. It takes a while and cannot be
 * asked to stop, so a process of its own does it, which can be ended at any moment: nothing of the copy stays when it fails,
 * when the signal is given, or when this process exits meanwhile.
 */
export async function copyDatabase(from: string, to: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  closeSync(openSync(to, 'wx', 0o600)); // SQLite takes an empty file, and leaves it to its owner
  const child = startProcess(from, to);
  const ended = endOf(child);
  const undo = (): void => {
    child.kill('SIGKILL');
    for (const file of filesOf(to)) rmSync(file, { force: true });
  };
  process.once('exit', undo);
  signal.addEventListener('abort', undo);
  let isDone = false;
  try {
    const { problem } = await ended;
    if (problem) throw new CopyFailed(problem);
    isDone = true;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    process.removeListener('exit', undo);
    signal.removeEventListener('abort', undo);
    if (!isDone) undo();
  }
}

/** Ctrl+C is for this process, which ends the other. */
function startProcess(from: string, to: string): ChildProcess {
  return fork(new URL('./copy-database-process.ts', import.meta.url), [from, to], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
    execArgv: [],
  });
}

/** What it says, once it has ended and has the file open no more. */
async function endOf(child: ChildProcess): Promise<Copied> {
  let copied: Copied | undefined;
  child.once('message', (said: Copied) => {
    copied = said;
  });
  // The channel may have more to say than the process lived to see; an error instead of both, when it cannot be started.
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  if (!copied) throw new Error(`the process that copies the database ended with ${code ?? signal}`);
  return copied;
}
