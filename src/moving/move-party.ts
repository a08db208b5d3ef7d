import { z } from 'zod';
import { toBase64url } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { seal } from '../kernel/sealing.ts';
import { getPartyRow, openSecret, type PartyRow, type PartyTables } from '../parties/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { type Invitation, readCode } from './code.ts';
import type { MovingDeps } from './deps.ts';
import { type Move, moveView } from './model.ts';
import { getMove, insertMove, MOVES, movesOf, secretContext } from './store.ts';

export const MoveParty = z.strictObject({
  code: z.string().max(1000).describe('The code of the invitation, from the node you move to.'),
  passphrase: z.string().max(LIMITS.passphraseMaxChars).describe('The passphrase you sign in with.'),
});

/**
 * Begins to move me to another node: I am paused here, and everything of mine is sent there, sealed. It can be cancelled
 * until the other node has all of it. Fails with `passphrase-wrong`, `code-malformed`, `code-expired`, `party-moving`,
 * `party-paused`, `move-not-allowed`, `jobs-busy`.
 */
export async function moveParty(
  deps: MovingDeps,
  actor: PartyActor,
  input: z.output<typeof MoveParty>,
): Promise<Result<Move>> {
  const read = readCode(input.code);
  if (!read.ok) return read;
  const secret = await openSecret(deps, actor, input.passphrase);
  if (!secret.ok) return secret;
  return deps.storage.transact(actor.home, async (tx) => {
    const party = await getPartyRow(tx, tx.home);
    const refused = await whyNot(tx, deps, party, read.value);
    if (refused) return refused;
    const now = deps.clock.now();
    await tables<PartyTables>(tx)
      .updateTable('parties')
      .set({ paused_at: now })
      .where('home_id', '=', tx.home)
      .execute();
    await insertMove(tx, {
      ...{ id: read.value.id, is_in: false, state: 'packing', host: read.value.host },
      peer_key: toBase64url(read.value.nodeKey),
      secret: seal(deps.nodeKey, read.value.secret, secretContext(read.value.id), deps.random),
      ...{ until_at: read.value.until, size: null, sent: 0, sha256: null, summary: null },
      ...{ hand_over: null, answer: null, problem: null, tries: 0, next_at: now },
      ...{ started_at: now, changed_at: now },
    });
    tx.wake(MOVES);
    const row = await getMove(tx, tx.home, read.value.id);
    return row ? ok(moveView(row)) : notAllowed();
  });
}

async function whyNot(
  tx: Tx,
  deps: MovingDeps,
  party: PartyRow | undefined,
  { id, host, until }: Invitation,
): Promise<Failure | undefined> {
  if (!party || party.kind === 'market' || party.sample !== null) return notAllowed();
  if (deps.ownHosts.has(host)) {
    return fail('code-own', 'That code is of this very node.', 'Take one from the node you move to.');
  }
  if (until <= deps.clock.now()) {
    return fail('code-expired', 'That invitation has expired.', 'Ask the other node for another one.');
  }
  const before = await movesOf(tx, tx.home);
  if (party.paused_at !== null || before.some((it) => UNDER_WAY.has(it.state))) {
    return fail('party-paused', 'This party is paused or moving already.', 'Look where the move stands.');
  }
  if (before.some((it) => it.id === id)) {
    return fail('code-used', 'That invitation was used before.', 'Ask the other node for another one.');
  }
  const running = await tables<{ jobs: { home_id: string; state: string } }>(tx)
    .selectFrom('jobs')
    .select('state')
    .where('home_id', '=', tx.home)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (!running) return undefined;
  return fail('jobs-busy', 'Work of yours is still running.', 'Cancel it or wait for its end, then move.');
}

const UNDER_WAY: ReadonlySet<string> = new Set(['packing', 'sending', 'handed-over']);

function notAllowed(): Failure {
  return fail(
    'move-not-allowed',
    'A market or a party of the sample stays on its node.',
    'Move a party that somebody signs in to.',
  );
}
