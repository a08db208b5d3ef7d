import { z } from 'zod';
import { fromBase64url, hashId } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { again, openAgain } from './ask-again.ts';
import { spendChallenge } from './challenges.ts';
import { DEVICE_LIMITS } from './limits.ts';
import { type DeviceTables, NewPasskey, opener, PasskeyView, passkeyName } from './model.ts';
import { wrapForPasskey } from './secrets.ts';
import { siteOf } from './site.ts';
import { passkeysOf } from './store.ts';
import { verifyNew } from './verify.ts';

export const AddPasskey = z.object({
  name: passkeyName,
  passkey: NewPasskey,
  opener: opener.optional(),
  ...again,
});
export const PasskeyAdded = PasskeyView.extend({
  /** False for one that only signs in. */
  opensKeys: z.boolean(),
});

/**
 * One more way to open my party: a passkey. What I say once more of who I am is looked at first, so that a slip there
 * does not cost the passkey that was just made. Fails with `passkey-not-made`, `passkey-known`, `too-many-passkeys`, and
 * as `openAgain` does.
 */
export async function addPasskey(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof AddPasskey>,
): Promise<Result<z.output<typeof PasskeyAdded>>> {
  const site = siteOf(actor);
  if (!site.ok) return site;
  const secret = await openAgain(deps, actor, input);
  if (!secret.ok) return secret;
  const asking = { actor, site: site.value, purpose: 'add' } as const;
  const challenge = await spendChallenge(deps, input.passkey.clientDataJSON, asking);
  const made = challenge && (await verifyNew(input.passkey, challenge, site.value));
  const octets = made && fromBase64url(made.credential);
  if (!made || !octets) {
    return fail(
      'passkey-not-made',
      'What the device answered does not fit what it was asked. No passkey was added.',
      'Begin again.',
    );
  }
  const id = hashId(octets);
  const key = input.opener === undefined ? undefined : fromBase64url(input.opener);
  const wrapped = key ? wrapForPasskey(secret.value, key, actor.home, id, deps.random) : null;
  const { name } = input;
  const row: NewRow = {
    id,
    credential: made.credential,
    public_key: made.publicKey,
    counter: made.counter,
    transports: input.passkey.transports.join(' '),
    site: site.value.name,
    name,
    wrapped,
    is_synced: made.isSynced,
    made_at: deps.clock.now(),
    used_at: null,
  };
  const kept = await deps.storage.transact(actor.home, (tx) => keep(tx, row));
  return kept.ok ? ok({ id, name, opensKeys: wrapped !== null }) : kept;
}

type NewRow = Omit<DeviceTables['passkeys'], 'home_id'>;

async function keep(tx: Tx, row: NewRow): Promise<Result<object>> {
  const others = await passkeysOf(tx, tx.home);
  if (others.some((other) => other.id === row.id)) {
    return fail(
      'passkey-known',
      'This passkey is one of yours already.',
      'Look at the list of your devices.',
    );
  }
  if (others.length >= DEVICE_LIMITS.passkeys) {
    return fail(
      'too-many-passkeys',
      `You have ${DEVICE_LIMITS.passkeys} passkeys, which is as many as there may be.`,
      'Remove one that you no longer use.',
    );
  }
  const db = tables<DeviceTables>(tx);
  await db
    .insertInto('passkeys')
    .values({ home_id: tx.home, ...row })
    .execute();
  tx.wake(`changed:${tx.home}`);
  return ok({});
}
