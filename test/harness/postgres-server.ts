import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, freePort, run, stop, untilReady } from './postgres-process.ts';
import { findProgram } from './programs.ts';

export interface TestServer {
  /** A superuser's address; the database is `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

const USER = 'parley';
const FOLDER = 'parley-postgres-';

/** What is lost when the machine fails does not matter here, speed does. */
const SETTINGS = [
  ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  ...['wal_level=minimal', 'max_wal_senders=0', 'max_connections=200'],
];

/** The server's programs: on the PATH, else the newest of Debian's, which are not. */
export function findPostgres(): Programs | undefined {
  const folders = debianFolders();
  const initdb = findProgram('initdb', folders);
  const postgres = findProgram('postgres', folders);
  return initdb && postgres ? { initdb, postgres } : undefined;
}

/**
 * A PostgreSQL of our own in a temporary folder, on a socket there and on a free port of the loopback address.
 * Root may not run it, so it then runs as `postgres`, else `nobody`. It ends with this process, however that ends.
 */
export async function startPostgres(): Promise<TestServer> {
  const programs = findPostgres();
  if (!programs) throw new Error('No PostgreSQL found: install the Debian package postgresql.');
  const account = process.getuid?.() === 0 ? unprivileged() : undefined;
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  try {
    if (account) chownSync(folder, account.uid, account.gid);
    const data = join(folder, 'data');
    execFileSync(
      programs.initdb,
      ['-D', data, '--locale=C', '--encoding=UTF8', '--auth=trust', '--no-sync', `--username=${USER}`],
      { ...account, cwd: folder, stdio: 'pipe' },
    );
    const { child, port } = await serve(programs.postgres, data, folder, account);
    return {
      url: `postgres://${USER}@127.0.0.1:${port}/postgres`,
      async stop() {
        await stop(child);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Another program may take the free port before the server does; then it tries the next. */
async function serve(program: string, data: string, folder: string, account: Account | undefined) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder];
    const child = run(program, [...args, ...SETTINGS.flatMap((it) => ['-c', it])], account, folder);
    try {
      await untilReady(child);
      return { child, port };
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/** Folders of processes that were killed before they could clean up; their number is in the name. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(FOLDER) ? /^\d+/.exec(name.slice(FOLDER.length))?.[0] : undefined;
    if (owner === undefined || isAlive(Number(owner))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // somebody else's
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  try {
    return readdirSync(root)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(root, version, 'bin'));
  } catch {
    return []; // not Debian, or not installed
  }
}

export function unprivileged(): Account {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // no such account: the next
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
}
