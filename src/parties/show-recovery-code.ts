import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { open, seal } from '../kernel/sealing.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { codeStaysHere } from './keep-on-devices.ts';
import type { PartyTables } from './model.ts';
import { openSecret } from './open-secret.ts';
import { formatRecoveryCode, recoveryKey, wrapWithRecovery } from './secrets.ts';
import { listSessions } from './sessions.ts';
import { isSplit, readSplitCode } from './split.ts';
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
  made: z
    .string()
    .max(100)
    .optional()
    .describe(
      'Of whoever has sealed categories: what a device made of a new code, which the node never sees.',
    ),
});
export const RecoveryCode = z.object({
  /** 26 letters and digits in groups of four; the last group has two. Empty where a device made it. */
  code: z.string(),
  /** True when an earlier code was written down; it no longer works. */
  shownBefore: z.boolean(),
});

/**
 * The code that opens my party when the passphrase is lost. It can be looked at until it is confirmed as written down;
 * after that only a new one can be made, with the passphrase. Since the code lets somebody in for good, whoever did not
 * just say who they are gives the passphrase for the waiting one too. The code of whoever has a vault opens that as well, so their
 * device makes it, and says here only what the secret is wrapped under. Fails with `recovery-code-gone`,
 * `recovery-code-stays-here`, `passphrase-needed`, and as `openSecret` does.
 */
export async function showRecoveryCode(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ShowRecoveryCode>,
): Promise<Result<z.output<typeof RecoveryCode>>> {
  const secrets = await deps.storage.read((view) => getSecrets(view, actor.home));
  assert(secrets, 'an acting party has secrets');
  const key = input.made === undefined ? undefined : readSplitCode(input.made);
  if (isSplit(secrets) !== (key !== undefined))
    return isSplit(secrets) ? codeStaysHere() : codeNotMadeThere();
  if (key)
    return input.passphrase === undefined ? passphraseNeeded() : keepMade(deps, actor, input.passphrase, key);
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

function codeNotMadeThere(): Failure {
  return fail(
    'recovery-code-gone',
    'A recovery code that a device makes begins with the first category that you seal.',
    'Give your passphrase to have one made here.',
  );
}

/** Puts what a device made of a new code in the place of the one before, which no longer works. */
async function keepMade(
  deps: BaseDeps,
  actor: PartyActor,
  passphrase: string,
  key: Uint8Array,
): Promise<Result<z.output<typeof RecoveryCode>>> {
  const opened = await openSecret(deps, actor, passphrase);
  if (!opened.ok) return opened;
  await deps.storage.transact(actor.home, async (tx) => {
    const recovery_wrapped = wrapWithRecovery(opened.value, key, tx.home, deps.random);
    await tables<PartyTables>(tx)
      .updateTable('party_secrets')
      .set({ recovery_wrapped, recovery_shown_at: deps.clock.now(), recovery_code: null })
      .where('home_id', '=', tx.home)
      .execute();
    await noteWay(tx, 'recovery-code', 'made', deps.clock.now());
  });
  return ok({ code: '', shownBefore: true });
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
  const made = await deps.storage.transact(home, async (tx) => {
    // A vault that began meanwhile has a code of its own.
    const now = await getSecrets(tx, home);
    if (now && isSplit(now)) return codeStaysHere();
    await tables<PartyTables>(tx)
      .updateTable('party_secrets')
      .set({
        recovery_wrapped: wrapWithRecovery(secret, recoveryKey(code), home, deps.random),
        recovery_shown_at: null,
        recovery_code: seal(deps.nodeKey, code, `recovery-code|${home}`, deps.random),
      })
      .where('home_id', '=', home)
      .execute();
    await noteWay(tx, 'recovery-code', 'made', deps.clock.now());
    tx.wake(`changed:${home}`);
    return ok({});
  });
  return made.ok ? ok({ code: formatRecoveryCode(code), shownBefore: true }) : made;
}
