import { type BaseDeps, tables } from '../storage/index.ts';
import { ATTEMPTS_WINDOW_MS, forgetAttempts } from './attempts.ts';
import { NODE_HOME } from './model.ts';
import type { SessionRow } from './sessions.ts';

/** Forgets sessions and tokens whose time has run out, and the counts of tries of an earlier quarter of an hour. */
export async function sweepSessions(deps: BaseDeps): Promise<number> {
  const now = deps.clock.now();
  return deps.storage.transact(NODE_HOME, async (tx) => {
    await forgetAttempts(tx, now - (now % ATTEMPTS_WINDOW_MS));
    const [done] = await tables<{ sessions: SessionRow }>(tx)
      .deleteFrom('sessions')
      .where('home_id', '=', NODE_HOME)
      .where('expires_at', '<=', now)
      .execute();
    return Number(done?.numDeletedRows ?? 0n);
  });
}
