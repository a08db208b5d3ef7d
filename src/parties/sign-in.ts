import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { Actor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { COMMITMENTS_AHEAD, prepareCommitments } from './create-party.ts';
import { NODE_HOME, type Party } from './model.ts';
import { unwrapWithPassphrase } from './secrets.ts';
import { getSecrets, homeOfHandle } from './store.ts';
import { partyView } from './view.ts';

export const SignIn = z.object({ handle, passphrase: z.string().max(LIMITS.passphraseMaxChars) });

const WINDOW_MS = 15 * 60_000;

interface Tables {
  sign_in_attempts: { home_id: string; handle: string; window_at: number; attempts: number };
}

/**
 * Opens the party's secret with the passphrase and prepares identities for the time ahead. The answer to an unknown
 * handle and to a wrong passphrase is the same: `sign-in-refused`. Fails with `too-many-attempts` for a while.
 */
export async function signIn(
  deps: BaseDeps,
  _actor: Actor,
  input: z.output<typeof SignIn>,
): Promise<Result<Party>> {
  const counted = await countAttempt(deps, input.handle);
  if (counted) return counted;
  const found = await deps.storage.read(async (view) => {
    const home = await homeOfHandle(view, input.handle);
    return home === undefined ? undefined : getSecrets(view, home);
  });
  const secret = found && (await unwrapWithPassphrase(found, input.passphrase));
  if (!found || !secret) {
    return fail(
      'sign-in-refused',
      'That name and passphrase do not go together.',
      'Try again, or use the recovery code.',
    );
  }
  await clearAttempts(deps, input.handle);
  return deps.storage.transact(found.home_id, async (tx) => {
    await prepareCommitments(tx, secret, COMMITMENTS_AHEAD);
    return ok(await partyView(tx, found.home_id));
  });
}

async function countAttempt(deps: BaseDeps, handleTried: string): Promise<Failure | undefined> {
  const now = deps.clock.now();
  const window = now - (now % WINDOW_MS);
  const attempts = await deps.storage.transact(NODE_HOME, async (tx) => {
    const db = tables<Tables>(tx);
    const row = await db
      .selectFrom('sign_in_attempts')
      .select(['window_at', 'attempts'])
      .where('home_id', '=', NODE_HOME)
      .where('handle', '=', handleTried)
      .executeTakeFirst();
    const count = row?.window_at === window ? row.attempts + 1 : 1;
    await db
      .insertInto('sign_in_attempts')
      .values({ home_id: NODE_HOME, handle: handleTried, window_at: window, attempts: count })
      .onConflict((c) => c.columns(['home_id', 'handle']).doUpdateSet({ window_at: window, attempts: count }))
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

async function clearAttempts(deps: BaseDeps, handleTried: string): Promise<void> {
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .deleteFrom('sign_in_attempts')
      .where('home_id', '=', NODE_HOME)
      .where('handle', '=', handleTried)
      .execute(),
  );
}
