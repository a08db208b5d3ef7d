import { concat, fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { base32, fromBase32 } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type SigningKey, verifySignature } from '../kernel/signing.ts';

/** What a person carries from the new node to the old one by hand. */
export interface Invitation {
  readonly id: string;
  readonly host: string;
  /** Ed25519, 32 octets: the new node's own. */
  readonly nodeKey: Uint8Array;
  /** 16 octets, which seal the archive and prove that one was invited. */
  readonly secret: Uint8Array;
  readonly until: Instant;
}

const MARK = 'parley-move-';
const VERSION = 1;
const CONTEXT = 'parley/move-invitation/v1|';
/** version 1, id 16, key 32, secret 16, until 8; then the host and, last, the signature. */
const FIXED = 73;
const SIGNATURE = 64;

/** The invitation as one word to copy: all of it signed by the node that invites, so that a slip is found at once. */
export function writeCode(invitation: Omit<Invitation, 'nodeKey'>, key: SigningKey): string {
  const until = new Uint8Array(8);
  new DataView(until.buffer).setBigUint64(0, BigInt(invitation.until));
  const id = fromBase32(invitation.id, 16) ?? new Uint8Array(16);
  const plain = concat(
    Uint8Array.of(VERSION),
    ...[id, key.publicKey, invitation.secret, until, toUtf8(invitation.host)],
  );
  return MARK + toBase64url(concat(plain, key.sign(concat(toUtf8(CONTEXT), plain))));
}

/** Fails with `code-malformed` for anything that was not copied whole. */
export function readCode(text: string): Result<Invitation> {
  const code = text.replaceAll(/\s/g, '');
  const octets = code.startsWith(MARK) ? fromBase64url(code.slice(MARK.length)) : undefined;
  if (!octets || octets.length <= FIXED + SIGNATURE || octets[0] !== VERSION) return malformed();
  const plain = octets.subarray(0, -SIGNATURE);
  const nodeKey = plain.slice(17, 49);
  const host = fromUtf8(plain.subarray(FIXED));
  const isSigned = verifySignature(nodeKey, concat(toUtf8(CONTEXT), plain), octets.subarray(-SIGNATURE));
  if (!isSigned || host === undefined || !/^[a-z0-9.-]{1,253}(:[0-9]{1,5})?$/.test(host)) return malformed();
  const until = new DataView(plain.buffer, plain.byteOffset + 65, 8).getBigUint64(0);
  return ok({
    id: base32(plain.subarray(1, 17)),
    host,
    nodeKey,
    secret: plain.slice(49, 65),
    until: Number(until),
  });
}

function malformed(): Result<never> {
  return fail(
    'code-malformed',
    'That is not a whole code of an invitation.',
    'Copy all of it, from parley-move- to its last letter.',
    { code: 'This is not a whole code.' },
  );
}
