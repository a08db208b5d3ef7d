import { z } from 'zod';
import { fromBase64url } from '../kernel/bytes.ts';
import { base32, type HomeId } from '../kernel/ids.ts';
import type { Actor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import {
  appointFirstOperator,
  insertCommitments,
  missingCommitments,
  Party,
  partyView,
} from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { PasskeyAnswer } from './model.ts';
import { siteOf } from './site.ts';
import { takeAnswer } from './take-answer.ts';

export const SignInWithPasskey = PasskeyAnswer;
export const SignedInWithPasskey = z.object({
  party: Party,
  passkey: id,
  /** True when it opened the keys too, as a passphrase does. */
  hasOpened: z.boolean(),
});

/**
 * Opens the party that the passkey names, and prepares identities for the time ahead when it opens the secret too. An
 * unknown passkey, another party's and a wrong answer are told alike: `passkey-refused`. Fails as `takeAnswer` and
 * `siteOf` do.
 */
export async function signInWithPasskey(
  deps: BaseDeps,
  actor: Actor,
  input: z.output<typeof SignInWithPasskey>,
): Promise<Result<z.output<typeof SignedInWithPasskey>>> {
  const site = siteOf(actor);
  if (!site.ok) return site;
  const asking = { actor, site: site.value, purpose: 'come-in' } as const;
  const answered = await takeAnswer(deps, namedBy(input.signed.userHandle), input, asking);
  if (!answered.ok) return answered;
  const { row, secret } = answered.value;
  const home = row.home_id;
  const commitments = secret ? await missingCommitments(deps, home, secret) : [];
  const opened = await deps.storage.transact(home, async (tx) => {
    await insertCommitments(tx, commitments);
    return ok({ party: await partyView(tx, home), passkey: row.id, hasOpened: secret !== undefined });
  });
  // Only now: the party is there for certain.
  await appointFirstOperator(deps, home);
  return opened;
}

/** The party that a passkey says it is of. No signature covers that: a passkey is looked up among that party's only. */
function namedBy(userHandle: string | undefined): HomeId | undefined {
  const octets = userHandle === undefined ? undefined : fromBase64url(userHandle);
  return octets?.length === 16 ? base32(octets) : undefined;
}
