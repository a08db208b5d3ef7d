import { z } from 'zod';
import { toBase64url } from '../kernel/bytes.ts';
import { fromBase32 } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, ok, type Result } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { newChallenge } from './challenges.ts';
import { describe } from './describe.ts';
import { DEVICE_LIMITS } from './limits.ts';
import { CreationOptions, salt } from './model.ts';
import { SALT } from './secrets.ts';
import { siteOf } from './site.ts';
import { passkeysOf } from './store.ts';
import { ALGORITHMS } from './verify.ts';

export const PasskeyPrepared = z.object({ options: CreationOptions, salt });

/** What a browser needs to make a passkey for me. Fails as `siteOf` does. */
export async function preparePasskey(
  deps: BaseDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof PasskeyPrepared>>> {
  const site = siteOf(actor);
  if (!site.ok) return site;
  const { party, known } = await deps.storage.read(async (view) => ({
    party: await getPartyRow(view, actor.home),
    known: await passkeysOf(view, actor.home),
  }));
  const user = fromBase32(actor.home, 16);
  assert(party && user, 'an acting party has a row and an id of 128 bits');
  return ok({
    options: {
      challenge: newChallenge(deps, { actor, site: site.value, purpose: 'add' }),
      timeout: DEVICE_LIMITS.challengeMs,
      rp: { id: site.value.name, name: 'Parley' },
      // The id comes back with every answer, and says whose passkey it is before anybody has typed a name.
      user: { id: toBase64url(user), name: party.handle, displayName: party.name },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
      excludeCredentials: describe(known, site.value),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
    },
    salt: SALT,
  });
}
