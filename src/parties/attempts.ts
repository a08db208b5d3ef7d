import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail } from '../kernel/result.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { NODE_HOME } from './model.ts';

const WINDOW_MS = 15 * 60_000;

interface Tables {
  sign_in_attempts: { home_id: string; handle: string; window_at: number; attempts: number };
}

/** Counts a try at a secret of this handle. Fails with `too-many-attempts` for the rest of the quarter of an hour. */
export async function countAttempt(deps: BaseDeps, handleTried: string): Promise<Failure | undefined> {
  const now = deps.clock.now();
  const window = now - (now % WINDOW_MS);
  const attempts = await deps.storage.transact(NODE_HOME, async (tx) => {
    const db = tables<Tables>(tx);
    await db
      .deleteFrom('sign_in_attempts')
      .where('home_id', '=', NODE_HOME)
      .where('window_at', '<', window)
      .execute();
    const row = await db
      .selectFrom('sign_in_attempts')
      .select('attempts')
      .where('home_id', '=', NODE_HOME)
      .where('handle', '=', handleTried)
      .executeTakeFirst();
    const count = (row?.attempts ?? 0) + 1;
    await db
      .insertInto('sign_in_attempts')
      .values({ home_id: NODE_HOME, handle: handleTried, window_at: window, attempts: count })
      .onConflict((c) => c.columns(['home_id', 'handle']).doUpdateSet({ attempts: count }))
      .execute();
    return count;
  });
  if (attempts <= LIMITS.signInAttempts) return undefined;
  return fail(
    'too-many-attempts',
    'That name was tried too often in the last quarter of an hour.',
    'Wait fifteen minutes, then try again.',
  );
}

export async function clearAttempts(deps: BaseDeps, handleTried: string): Promise<void> {
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .deleteFrom('sign_in_attempts')
      .where('home_id', '=', NODE_HOME)
      .where('handle', '=', handleTried)
      .execute(),
  );
}
