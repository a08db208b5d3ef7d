import { z } from 'zod';
import { callOperation } from '../kernel/call-operation.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { handle, line } from '../kernel/schema.ts';
import {
  endSessions,
  getPartyRow,
  isOnTheMove,
  NOBODY,
  NODE_HOME,
  type PartyTables,
  operations as parties,
  sendsOnUntil,
} from '../parties/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import type { ArchiveDeps } from './model.ts';
import { begin, finishRemoval, forgetHome } from './unfinished.ts';

export const RemoveParty = z.strictObject({
  passphrase: z.string().max(LIMITS.passphraseMaxChars).describe('The passphrase you sign in with.'),
});
export const Removed = z.object({ handle, name: line, rows: z.int().min(0) });

interface Tables extends PartyTables {
  sign_in_attempts: { home_id: string; handle: string };
  jobs: { home_id: string; id: string; state: string };
}

const FOR_GOOD =
  'Removing takes every row and key of this party off this node, at once and for good; only an archive brings it back.';

/**
 * Removes a party from this node: its keys first, then every row; its handle is free again. It cannot be undone. Nobody
 * else is told: what others were given they keep. Fails with `passphrase-wrong`, `too-many-attempts`, `party-moving`, `jobs-busy`.
 */
export async function removeParty(
  deps: ArchiveDeps,
  actor: PartyActor,
  input: z.output<typeof RemoveParty>,
): Promise<Result<z.output<typeof Removed>>> {
  const home = actor.home;
  const party = await deps.storage.read((view) => getPartyRow(view, home));
  assert(party, 'an acting party has a row');
  const wrong = await checkPassphrase(deps, party.handle, input.passphrase);
  if (wrong) return wrong;
  const begun = await deps.storage.transact(home, async (tx) => {
    if (await isOnTheMove(tx, home)) return moving();
    if (((await sendsOnUntil(tx, home)) ?? 0) > deps.clock.now()) return sendingOn();
    return (await isBusy(tx)) ? busy() : ok(true);
  });
  if (isFailure(begun)) return begun;
  const rows = await eraseParty(deps, home, party.handle);
  return ok({ handle: party.handle, name: party.name, rows });
}

/** Takes a party off this node: interrupted anywhere, the next start ends it. Answers how many rows there were. */
export async function eraseParty(deps: BaseDeps, home: HomeId, handleOf: string): Promise<number> {
  await deps.storage.transact(NODE_HOME, async (tx) => {
    await begin(tx, home, 'removal');
    await forgetOnNode(tx, home, handleOf);
  });
  await endSessions(deps, { party: home });
  return finishRemoval(deps, home);
}

/** As signing in does: the same count of attempts, and the same time for every answer. */
async function checkPassphrase(
  deps: BaseDeps,
  handleOf: string,
  passphrase: string,
): Promise<Failure | undefined> {
  const signIn = parties.find((operation) => operation.name === 'sign-in');
  assert(signIn, 'there is an operation to sign in');
  const signedIn = await callOperation(signIn, deps, NOBODY, { handle: handleOf, passphrase });
  if (signedIn.ok) return undefined;
  if (signedIn.code !== 'sign-in-refused') return signedIn;
  return fail(
    'passphrase-wrong',
    'That is not the passphrase of this party. Nothing was removed.',
    `${FOR_GOOD} Export first, then try again.`,
    { passphrase: 'This is not it.' },
  );
}

async function isBusy(tx: Tx): Promise<boolean> {
  const running = await tables<Tables>(tx)
    .selectFrom('jobs')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return running !== undefined;
}

function moving(): Failure {
  return fail(
    'party-moving',
    'This party is on its way from one node to another. Nothing was removed.',
    'Cancel the move, or let it come to its end; then remove the party.',
  );
}

function sendingOn(): Failure {
  return fail(
    'party-moving',
    'You have just moved: for eight hours others are being told, and what they still send here goes on from here. Nothing was removed.',
    'Remove it when they have all been told; after 90 days it goes by itself.',
  );
}

function busy(): Failure {
  return fail(
    'jobs-busy',
    'Work of this party is still running. Nothing was removed.',
    'Cancel it or wait for its end, then remove the party.',
  );
}

/** Its handles, the count of its sign-ins, and that it runs the node or is a market here. */
async function forgetOnNode(tx: Tx, home: string, handleOf: string): Promise<void> {
  await tables<Tables>(tx)
    .deleteFrom('sign_in_attempts')
    .where('home_id', '=', NODE_HOME)
    .where('handle', '=', handleOf)
    .execute();
  await forgetHome(tx, home);
}
