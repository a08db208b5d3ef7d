import { type ChildProcess, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, run, untilReady } from '../../harness/postgres-process.ts';
import { findPostgres, unprivileged } from '../../harness/postgres-server.ts';
import type { Half } from '../world/pair.ts';
import { type Device, forceAway, openDevice, patiently } from './device.ts';

/** A machine with one disk: a node's data folder, and its database server where it has one. */
export interface Machine {
  readonly device: Device;
  readonly data: string;
  readonly databaseUrl: string | undefined;
  /** Ends whatever runs on it at once. */
  stop(half: Half | undefined): Promise<void>;
  /** Starts the database server, where there is one that does not run. */
  startServer(): Promise<void>;
  remove(): Promise<void>;
}

const FOLDER = 'parley-machine-';
const MEGABYTES = 256;
const USER = 'parley';
/** As PostgreSQL comes, but for sizes: what is acknowledged is on the disk. A server that panics stays down. */
const SETTINGS = [
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'restart_after_crash=off',
  'max_wal_size=32MB',
  'min_wal_size=4MB',
  'shared_buffers=16MB',
];
const TRIES = 5;

export async function openMachine(engine: Half['engine']): Promise<Machine> {
  removeLeftovers();
  const at = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  chmodSync(at, 0o711); // the server runs as somebody else
  const device = await openDevice(at, MEGABYTES);
  const data = join(device.folder, 'node');
  const server = engine === 'postgresql' ? await newServer(at, device.folder) : undefined;
  await server?.start();
  return {
    device,
    data,
    databaseUrl: server?.url,
    async stop(half) {
      await half?.end('SIGKILL');
      await server?.kill();
    },
    startServer: async () => server?.start(),
    async remove() {
      await server?.kill();
      await device.remove();
      rmSync(at, { recursive: true });
    },
  };
}

interface Server {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

async function newServer(at: string, folder: string): Promise<Server> {
  const programs = findPostgres();
  if (!programs) throw new Error('No PostgreSQL found.');
  const account = unprivileged();
  const data = join(folder, 'postgresql');
  for (const own of [data, join(at, 'socket')]) {
    mkdirSync(own, { mode: 0o700 });
    chownSync(own, account.uid, account.gid);
  }
  const locale = ['--locale=C', '--encoding=UTF8', '--auth=trust', `--username=${USER}`];
  // Segments of one megabyte let many of them pass under the cuts.
  execFileSync(programs.initdb, ['-D', data, ...locale, '--wal-segsize=1'], {
    ...account,
    cwd: '/',
    stdio: 'pipe',
  });
  const port = await freePort();
  const args = ['-D', data, '-h', '127.0.0.1', '-p', `${port}`, '-k', join(at, 'socket')];
  let child: ChildProcess | undefined;
  const isUp = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    url: `postgres://${USER}@127.0.0.1:${port}/postgres`,
    async start() {
      for (let tries = 1; !isUp(); tries++) {
        child = run(programs.postgres, [...args, ...SETTINGS.flatMap((it) => ['-c', it])], account, '/');
        try {
          await untilReady(child);
        } catch (error) {
          // Processes of the server that was killed may not have ended yet.
          if (tries === TRIES) throw error;
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      }
    },
    async kill() {
      child?.kill('SIGKILL');
      await patiently(() => {
        if (isUp()) throw new Error('the server has not ended');
      });
    },
  };
}

/** Machines of processes that were killed before they could take them away; their number is in the name. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || existsSync(`/proc/${owner}`)) continue;
    forceAway(join(tmpdir(), name));
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
