import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { newChallenge } from './challenges.ts';
import { describe } from './describe.ts';
import { DEVICE_LIMITS } from './limits.ts';
import { RequestOptions, salt } from './model.ts';
import { SALT } from './secrets.ts';
import { type Site, siteOf } from './site.ts';
import { passkeysOf } from './store.ts';

export const PreparePasskeySignIn = z.object({
  again: z
    .boolean()
    .default(false)
    .describe('Not to sign in, but to say once more who you are: only your own passkeys will do.'),
});
export const SignInPrepared = z.object({ options: RequestOptions, salt });

/**
 * What a browser needs to ask a passkey who is there. Nothing in it says who lives here: the passkey names its party
 * itself. Fails as `siteOf` does, and with `sign-in-needed` and `no-passkey-here` when it is to be one's own.
 */
export async function preparePasskeySignIn(
  deps: BaseDeps,
  actor: Actor,
  input: z.output<typeof PreparePasskeySignIn>,
): Promise<Result<z.output<typeof SignInPrepared>>> {
  const site = siteOf(actor);
  if (!site.ok) return site;
  const own = input.again ? await ownPasskeys(deps, actor, site.value) : ok([]);
  if (!own.ok) return own;
  const purpose = input.again ? 'ask-again' : 'come-in';
  return ok({
    options: {
      challenge: newChallenge(deps, { actor, site: site.value, purpose }),
      timeout: DEVICE_LIMITS.challengeMs,
      rpId: site.value.name,
      allowCredentials: own.value,
      userVerification: 'required',
    },
    salt: SALT,
  });
}

async function ownPasskeys(
  deps: BaseDeps,
  { home }: Actor,
  site: Site,
): Promise<Result<ReturnType<typeof describe>>> {
  if (home === undefined) return fail('sign-in-needed', 'This needs somebody to act as.', 'Sign in first.');
  const rows = await deps.storage.read((view) => passkeysOf(view, home));
  const own = describe(
    rows.filter((row) => row.wrapped !== null),
    site,
  );
  return own.length > 0
    ? ok(own)
    : fail(
        'no-passkey-here',
        'No passkey of yours opens your keys at this address.',
        'Give your passphrase.',
      );
}
