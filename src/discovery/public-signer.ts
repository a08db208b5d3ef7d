import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { type SigningKey, thumbprint } from '../kernel/signing.ts';
import { ownIdentity } from '../parties/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { addressOf, didOf } from './addresses.ts';
import { homeOfPublicName } from './names.ts';
import { getProfile } from './store.ts';

/** Who I am to everybody, and the key by which everybody can check what I sign as that. */
interface PublicSigner {
  readonly address: string;
  readonly did: string;
  /** The key's name in the DID's document. */
  readonly kid: string;
  readonly key: SigningKey;
}

/** Fails with `not-findable` for whoever does not wish to be found now: nobody could check their word. */
export async function publicSigner(tx: Tx, deps: BaseDeps): Promise<Result<PublicSigner>> {
  const row = await getProfile(tx, tx.home);
  if (!row?.is_found || (await homeOfPublicName(tx, row.name)) !== tx.home) {
    return fail(
      'not-findable',
      'Nobody can look you up, so nobody could check that a proof is yours.',
      'Choose a public name in the settings first.',
    );
  }
  const me = await ownIdentity(tx, deps, row.identity);
  assert(me, 'a public identity is kept');
  const who = { name: row.name, host: deps.host };
  const did = didOf(who);
  return ok({ address: addressOf(who), did, kid: `${did}#${thumbprint(me.key.publicKey)}`, key: me.key });
}
