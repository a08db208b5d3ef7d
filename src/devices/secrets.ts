import { sha256, toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { open, seal } from '../kernel/sealing.ts';

/**
 * What a passkey's own secret is asked with. One for everybody: whoever comes in with a passkey types no name, so the
 * node cannot look one up before. It need not be hidden, since each passkey answers with a secret of its own.
 */
export const SALT = toBase64url(sha256('parley/passkey-salt/v1'));

const context = (home: HomeId, id: string): string => `passkey|${home}|${id}`;

/** The party's secret under the key that comes from one passkey. */
export function wrapForPasskey(
  secret: Uint8Array,
  key: Uint8Array,
  home: HomeId,
  id: string,
  random: Random,
): Uint8Array {
  return seal(key, secret, context(home, id), random);
}

export function unwrapWithPasskey(
  wrapped: Uint8Array,
  key: Uint8Array,
  home: HomeId,
  id: string,
): Uint8Array | undefined {
  return open(key, wrapped, context(home, id));
}
