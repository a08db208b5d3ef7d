import { LIMITS } from '../kernel/limits.ts';
import type { Actor } from '../kernel/operation.ts';
import { type Failure, fail } from '../kernel/result.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { NODE_HOME } from './model.ts';

export const ATTEMPTS_WINDOW_MS = 15 * 60_000;
/** Before the names of counts that no handle can be. */
const ELSEWHERE = 'elsewhere/';

interface Tables {
  /** `handle` is what is counted: a handle tried at this machine, or one of the counts of tries from elsewhere. */
  sign_in_attempts: { home_id: string; handle: string; window_at: number; attempts: number };
}

/**
 * Counts a try at a secret of this handle. Tries from elsewhere are counted apart from those at this machine, so that
 * nobody on the network locks its owner out. Fails with `too-many-attempts` for the rest of the quarter of an hour.
 */
export async function countAttempt(
  deps: BaseDeps,
  actor: Actor,
  handleTried: string,
): Promise<Failure | undefined> {
  const now = deps.clock.now();
  const window = now - (now % ATTEMPTS_WINDOW_MS);
  const isWithin = await deps.storage.transact(NODE_HOME, async (tx) => {
    await forgetAttempts(tx, window);
    // The widest first: what it refuses leaves no row of its own.
    for (const [name, most] of countsOf(actor, handleTried)) {
      if ((await countOne(tx, name, window)) > most) return false;
    }
    return true;
  });
  return isWithin ? undefined : tooMany(actor.remote !== undefined);
}

function tooMany(isFromElsewhere: boolean): Failure {
  return fail(
    'too-many-attempts',
    isFromElsewhere
      ? 'Names were tried too often from there in the last quarter of an hour.'
      : 'That name was tried too often in the last quarter of an hour.',
    isFromElsewhere
      ? 'Wait fifteen minutes, or sign in at the machine itself.'
      : 'Wait fifteen minutes, then try again.',
  );
}

/**
 * Counts a look from elsewhere at how somebody signs in, apart from tries: it tells who of a list of names keeps a passphrase
 * on devices. Fails with `too-many-attempts`.
 */
export async function countLook(deps: BaseDeps, { remote }: Actor): Promise<Failure | undefined> {
  if (remote === undefined) return undefined;
  const now = deps.clock.now();
  const window = now - (now % ATTEMPTS_WINDOW_MS);
  const isWithin = await deps.storage.transact(NODE_HOME, async (tx) => {
    await forgetAttempts(tx, window);
    const looks = await countOne(tx, `${ELSEWHERE}look/${remote}`, window);
    return looks <= LIMITS.signInLooksPerAddress;
  });
  return isWithin ? undefined : tooMany(true);
}

function countsOf({ remote }: Actor, handleTried: string): (readonly [name: string, most: number])[] {
  if (remote === undefined) return [[handleTried, LIMITS.signInAttempts]];
  return [
    [ELSEWHERE, LIMITS.signInAttemptsFromElsewhere],
    [`${ELSEWHERE}from/${remote}`, LIMITS.signInAttemptsPerAddress],
    [ELSEWHERE + handleTried, LIMITS.signInAttempts],
  ];
}

async function countOne(tx: Tx, name: string, window: number): Promise<number> {
  const { attempts } = await tables<Tables>(tx)
    .insertInto('sign_in_attempts')
    .values({ home_id: NODE_HOME, handle: name, window_at: window, attempts: 1 })
    .onConflict((c) =>
      c
        .columns(['home_id', 'handle'])
        .doUpdateSet((e) => ({ attempts: e('sign_in_attempts.attempts', '+', 1) })),
    )
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return attempts;
}

/** Forgets the counts of the time before this window. */
export async function forgetAttempts(tx: Tx, window: number): Promise<void> {
  await tables<Tables>(tx)
    .deleteFrom('sign_in_attempts')
    .where('home_id', '=', NODE_HOME)
    .where('window_at', '<', window)
    .execute();
}

/** The right secret was given: the tries at this handle from there count no more. */
export async function clearAttempts(deps: BaseDeps, actor: Actor, handleTried: string): Promise<void> {
  const [name] = countsOf(actor, handleTried).at(-1) ?? [];
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .deleteFrom('sign_in_attempts')
      .where('home_id', '=', NODE_HOME)
      .where('handle', '=', name ?? handleTried)
      .execute(),
  );
}
