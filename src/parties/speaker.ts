import { fromBase64url, toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { SigningKey } from '../kernel/signing.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { oneUseSigningKey } from './identity.ts';
import { keyAt, keyOnceOf, oneUseSecretOf } from './keys.ts';
import { getIdentity } from './store.ts';

/** Who speaks in an envelope: the name that its receiver knows, and which key of mine signs for that name. */
export interface Speaker {
  readonly name: string;
  /** `identity/<id>`, that with `@` and a public key it had before, or `one-use/<name>`. */
  readonly signer: string;
}

/** One of my identities, under its own id or the name of a storefront or market that it speaks for. */
export function asIdentity(identity: string, name: string = identity, publicKey?: Uint8Array): Speaker {
  const once = publicKey === undefined ? '' : `@${toBase64url(publicKey)}`;
  return { name, signer: `identity/${identity}${once}` };
}

/** How the signer of a name that is used once begins. */
export const ONE_USE = 'one-use/';

/** A key that is used for one thing and is its own name: the key's thumbprint. */
export function asOneUse(key: SigningKey, name: string): Speaker {
  return { name: key.kid, signer: `${ONE_USE}${name}` };
}

/** The key that signs for a speaker of this home; undefined when the home has no such identity. */
export async function speakersKey(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  signer: string,
): Promise<SigningKey | undefined> {
  const at = signer.indexOf('/');
  const [kind, name] = [signer.slice(0, at), signer.slice(at + 1)];
  if (kind === 'one-use') return oneUseSigningKey(await oneUseSecretOf(view, deps.nodeKey, home), name);
  if (kind !== 'identity') return undefined;
  const [id = '', once] = name.split('@');
  const publicKey = once === undefined ? undefined : fromBase64url(once);
  if (once !== undefined) return publicKey && keyOnceOf(view, deps, home, id, publicKey);
  const row = await getIdentity(view, home, id);
  return row && keyAt(view, deps, home, row.position);
}
