import type { HomeId } from '../kernel/ids.ts';
import type { Actor, Effect } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { NODE_HOME, type PartyRow, type PartyTables } from './model.ts';
import { isOperatorAmong } from './operators.ts';
import { type SessionRow, sessionsOf } from './sessions.ts';
import { getPartyRow, homeOfHandle } from './store.ts';

const EFFECTS: readonly Effect[] = ['reads', 'writes', 'discloses', 'binds'];

export const NOBODY: Actor = { home: undefined, isOperator: false };

/**
 * Who a browser's or a program's token speaks for: the party called `as`, else the one signed in last. A token that is
 * unknown or has run out is nobody's. Fails with `not-signed-in-as`.
 */
export async function actorOfToken(
  deps: BaseDeps,
  token: string,
  as: string | undefined,
): Promise<Result<Actor>> {
  const sessions = await sessionsOf(deps, token);
  const first = sessions[0];
  if (!first) return ok(NOBODY);
  const { parties, isOperator } = await deps.storage.read(async (view) => {
    const homes = sessions.map((session) => session.party);
    return { parties: await existing(view, homes), isOperator: await isOperatorAmong(view, homes) };
  });
  const signedIn = sessions.flatMap((session) => parties.find((p) => p.home_id === session.party) ?? []);
  const acting = as === undefined ? signedIn[0] : signedIn.find((party) => party.handle === as);
  if (as !== undefined && !acting) return notSignedInAs(as);
  const scopes = scopesOf(first);
  const isRunBy = isOperator || sessions.some((session) => session.party === NODE_HOME);
  return ok({
    home: acting?.home_id,
    isOperator: scopes === undefined && isRunBy,
    mayActAs: signedIn.map((party) => party.home_id),
    session: first.token_hash,
    ...(scopes && { scopes }),
  });
}

/**
 * The person at the machine, who may act as anybody on it: the party called `as`, else the only real one there is.
 * Fails with `party-unknown`.
 */
export async function operatorAs(deps: BaseDeps, as: string | undefined): Promise<Result<Actor>> {
  const home = await deps.storage.read(async (view): Promise<HomeId | undefined> => {
    if (as !== undefined) {
      const home = await homeOfHandle(view, as);
      return home !== undefined && (await getPartyRow(view, home)) ? home : undefined;
    }
    const real = await tables<PartyTables>(view)
      .selectFrom('parties')
      .select('home_id')
      .where('sample', 'is', null)
      .where('kind', '!=', 'market')
      .limit(2)
      .execute();
    return real.length === 1 ? real[0]?.home_id : undefined;
  });
  if (as !== undefined && home === undefined) {
    return fail('party-unknown', `Nobody on this node is called ${as}.`, 'Check the handle.');
  }
  return ok({ home, isOperator: true, mayActAs: home === undefined ? [] : [home] });
}

async function existing(view: View, homes: HomeId[]): Promise<PartyRow[]> {
  return tables<PartyTables>(view).selectFrom('parties').selectAll().where('home_id', 'in', homes).execute();
}

function scopesOf(session: SessionRow): readonly Effect[] | undefined {
  if (session.scopes === null) return undefined;
  const words = session.scopes.split(' ');
  return EFFECTS.filter((effect) => words.includes(effect));
}

function notSignedInAs(handle: string): Failure {
  return fail('not-signed-in-as', `You are not signed in as ${handle} here.`, 'Sign in, or act as another.');
}
