import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { clearAttempts, countAttempt } from './attempts.ts';
import { unwrapWithPassphrase } from './secrets.ts';
import { getPartyRow, getSecrets } from './store.ts';

/** The secret of a party that is here, by its passphrase. Fails with `passphrase-wrong` and `too-many-attempts`. */
export async function openSecret(
  deps: BaseDeps,
  actor: PartyActor,
  passphrase: string,
): Promise<Result<Uint8Array>> {
  const { party, secrets } = await deps.storage.read(async (view) => ({
    party: await getPartyRow(view, actor.home),
    secrets: await getSecrets(view, actor.home),
  }));
  assert(party && secrets, 'an acting party has a row and secrets');
  const counted = await countAttempt(deps, actor, party.handle);
  if (counted) return counted;
  const secret = await unwrapWithPassphrase(secrets, passphrase);
  if (!secret) {
    return fail('passphrase-wrong', 'That is not the passphrase of this party.', 'Try again.', {
      passphrase: 'This is not it.',
    });
  }
  await clearAttempts(deps, actor, party.handle);
  return ok(secret);
}
