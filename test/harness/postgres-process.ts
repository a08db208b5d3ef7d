import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { findProgram } from './programs.ts';

/** Whom a program runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/** Under setpriv, where there is one, the server also ends when this process is killed outright. */
export function run(
  program: string,
  args: string[],
  account: Account | undefined,
  cwd: string,
): ChildProcess {
  const options = { cwd, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] }; // a tuple, not a list
  const setpriv = findProgram('setpriv');
  if (!setpriv) return spawn(program, args, { ...options, ...account });
  const ids = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : [];
  return spawn(setpriv, ['--pdeathsig', 'INT', ...ids, program, ...args], options);
}

export function untilReady(child: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => reject(new Error(`PostgreSQL ${why}: ${log.slice(-2000)}`));
    const timer = setTimeout(() => {
      child.kill('SIGQUIT');
      refuse('did not get ready');
    }, START_TIMEOUT_MS);
    child.once('error', (error) => refuse(error.message));
    child.once('exit', () => {
      clearTimeout(timer);
      refuse('ended at once');
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-10_000);
      if (!log.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** SIGINT asks it to end now, in order; SIGQUIT at once. */
export function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGINT');
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
