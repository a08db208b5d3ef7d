import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { open, seal } from '../kernel/sealing.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import type { PartyTables } from './model.ts';
import { openSecret } from './open-secret.ts';
import { formatRecoveryCode, wrapWithRecovery } from './secrets.ts';
import { listSessions } from './sessions.ts';
import { getPartyRow, getSecrets } from './store.ts';
import { noteWay } from './way-times.ts';

export const ShowRecoveryCode = z.object({
  passphrase: z
    .string()
    .max(LIMITS.passphraseMaxChars)
    .optional()
    .describe(
      'Needed to make a new code once the first has been written down, and to see that one when you have not just signed in.',
    ),
});
export const RecoveryCode = z.object({
  /** 26 letters and digits in groups of four; the last group has two. */
  code: z.string(),
  /** True when an earlier code was written down; it no longer works. */
  shownBefore: z.boolean(),
});

/**
 * The code that opens my party when the passphrase is lost. It can be looked at until it is confirmed as written down;
 * after that only a new one can be made, with the passphrase. Since the code lets somebody in for good, whoever did not
 * just say who they are gives the passphrase for the waiting one too. Fails with `recovery-code-gone`, `passphrase-needed`,
 * and as `openSecret` does.
 */
export async function showRecoveryCode(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ShowRecoveryCode>,
): Promise<Result<z.output<typeof RecoveryCode>>> {
  const secrets = await deps.storage.read((view) => getSecrets(view, actor.home));
  assert(secrets, 'an acting party has secrets');
  if (secrets.recovery_code === null) {
    return input.passphrase === undefined ? gone() : renewCode(deps, actor, input.passphrase);
  }
  if (!(await mayLook(deps, actor))) {
    if (input.passphrase === undefined) return passphraseNeeded();
    const opened = await openSecret(deps, actor, input.passphrase);
    if (!opened.ok) return opened;
  }
  const code = open(deps.nodeKey, secrets.recovery_code, `recovery-code|${actor.home}`);
  assert(code, 'a waiting recovery code opens with the node key');
  return ok({ code: formatRecoveryCode(code), shownBefore: false });
}

/**
 * At the machine itself there is no session, and nothing more to be had; parties of the sample are nobody's. A passkey's
 * session may be one of those that only sign in.
 */
async function mayLook(deps: BaseDeps, { home, session }: PartyActor): Promise<boolean> {
  if (session === undefined) return true;
  const party = await deps.storage.read((view) => getPartyRow(view, home));
  if (party?.sample != null) return true;
  const mine = (await listSessions(deps, home)).find((row) => row.token_hash === session);
  return mine?.passkey === null && deps.clock.now() - mine.created_at < LIMITS.justSignedInMs;
}

function gone(): Failure {
  return fail(
    'recovery-code-gone',
    'Your recovery code was written down, and is not kept here.',
    'Look at your paper, or give your passphrase to make a new code.',
  );
}

function passphraseNeeded(): Failure {
  return fail(
    'passphrase-needed',
    'The recovery code lets in whoever has it, so this asks once more who you are.',
    'Give your passphrase.',
    { passphrase: 'Your passphrase is needed here.' },
  );
}

async function renewCode(
  deps: BaseDeps,
  actor: PartyActor,
  passphrase: string,
): Promise<Result<z.output<typeof RecoveryCode>>> {
  const { home } = actor;
  const opened = await openSecret(deps, actor, passphrase);
  if (!opened.ok) return opened;
  const secret = opened.value;
  const code = deps.random.bytes(16);
  await deps.storage.transact(home, async (tx) => {
    await tables<PartyTables>(tx)
      .updateTable('party_secrets')
      .set({
        recovery_wrapped: wrapWithRecovery(secret, code, home, deps.random),
        recovery_shown_at: null,
        recovery_code: seal(deps.nodeKey, code, `recovery-code|${home}`, deps.random),
      })
      .where('home_id', '=', home)
      .execute();
    await noteWay(tx, 'recovery-code', 'made', deps.clock.now());
    tx.wake(`changed:${home}`);
  });
  return ok({ code: formatRecoveryCode(code), shownBefore: true });
}
