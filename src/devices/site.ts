import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';

/** Where the pages are that ask for a passkey. The passkey is bound to the name, its answers to the origin. */
export interface Site {
  readonly name: string;
  readonly origin: string;
}

/**
 * The site of the pages that call, as the door has checked it: browsers make passkeys for names, and only where nothing
 * is read on the way. Fails with `passkeys-not-here`, and says where else.
 */
export function siteOf(actor: Actor): Result<Site> {
  if (actor.origin === undefined) {
    return fail(
      'passkeys-not-here',
      'Passkeys are made and used in a browser.',
      'Open the pages of this node there.',
    );
  }
  const { hostname, protocol, port } = new URL(actor.origin);
  const isHere = /^(127\.[\d.]+|\[::1\])$/.test(hostname);
  if (isHere) {
    return fail(
      'passkeys-not-here',
      'Passkeys need an address with a name, and this one is a number.',
      `Open http://localhost${port === '' ? '' : `:${port}`} in this browser: it is the same node.`,
    );
  }
  const isName = !/^([\d.]+|\[.*\])$/.test(hostname);
  if (!isName || (protocol !== 'https:' && hostname !== 'localhost')) {
    return fail(
      'passkeys-not-here',
      'Browsers use passkeys only under a name, where nobody can read along on the way.',
      'Use your passphrase here.',
    );
  }
  return ok({ name: hostname, origin: actor.origin });
}
