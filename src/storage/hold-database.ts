import pg from 'pg';
import { pause } from '../kernel/clock.ts';
import { connectionLost, named } from './postgres-errors.ts';
import { HELD_ELSEWHERE } from './problem.ts';

/** A killed node's session ends a moment after it; until then its lock looks like somebody's. */
const TRIES = 20;
const BETWEEN_TRIES_MS = 100;

/** One lock for each schema of each database. */
const TAKE = `select pg_try_advisory_lock(hashtextextended('parley ' || coalesce(current_schema(), ''), 0)) as taken`;
/** The session may idle for ever, and a node that has vanished from the network loses the lock within a minute. */
const KEEP = `set idle_session_timeout = 0; set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10;
  set tcp_keepalives_count = 3`;

/** This node's sole use of a PostgreSQL database: a lock of a session of its own. */
export interface Hold {
  /** Resolves while the lock is held, taking it again when its session has ended; throws `database-in-use`. */
  ensure(): Promise<void>;
  /** Throws when the lock is not held at this moment: for the last look before a commit. */
  check(): void;
  release(): Promise<void>;
}

/** Takes the database for this node. `lost` is told when somebody else has taken it while its session was gone. */
export async function holdDatabase(url: string, lost: () => void): Promise<Hold> {
  let session: pg.Client | undefined;
  let taking: Promise<void> | undefined;
  let released = false;
  const take = async (): Promise<void> => {
    const client = await openSession(url);
    const gone = (): void => {
      if (session !== client) return;
      session = undefined;
      if (!released) ensure().catch((error: unknown) => error instanceof HeldElsewhere && lost());
    };
    client.on('error', gone);
    client.on('end', gone);
    session = client;
  };
  const ensure = async (): Promise<void> => {
    if (session || released) return;
    taking ??= take().finally(() => {
      taking = undefined;
    });
    await taking;
  };
  await ensure();
  return {
    ensure,
    check() {
      if (!session && !released) throw connectionLost();
    },
    async release() {
      released = true;
      await taking?.catch(() => {});
      await session?.end();
    },
  };
}

/** `databaseProblem` tells it as `database-in-use`. */
class HeldElsewhere extends Error {
  readonly code = HELD_ELSEWHERE;
  constructor() {
    super('another node holds the database');
  }
}

async function openSession(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  // What breaks the connection while it is made is thrown by what waits for it.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(KEEP);
    for (let tries = 1; ; tries++) {
      if ((await client.query<{ taken: boolean }>(TAKE)).rows[0]?.taken) return client;
      if (tries === TRIES) throw new HeldElsewhere();
      await pause(BETWEEN_TRIES_MS);
    }
  } catch (error) {
    await client.end().catch(() => {});
    throw named(error);
  }
}
