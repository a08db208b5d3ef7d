import { fromBase64url, toBase64url } from '../kernel/bytes.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type Inception, readIntroduction } from '../parties/index.ts';
import { fromWire, type Read, readSigned, type SignedDocument, toWire } from '../records/index.ts';
import { INVITATION_LIMITS } from './limits.ts';
import { INVITATION, Invitation } from './model.ts';

const PREFIX = 'parley-invitation.';
const CODE = /parley-invitation\.([\w-]+)\.([\w-]+)\.([\w-]+)\.([\w-]{22})$/;

/** An invitation with the secret that admits who has it. */
export interface Opened extends Read<Invitation> {
  readonly inviter: Inception;
  readonly secret: Uint8Array;
}

/** The signed invitation and its secret as one word, to be handed over by whatever way two people have. */
export function writeCode(document: SignedDocument, secret: Uint8Array): string {
  const { payload, signatures } = toWire(document);
  const [signature] = signatures;
  return `${PREFIX}${[payload, signature?.protected, signature?.signature, toBase64url(secret)].join('.')}`;
}

/** Reads a code, also one that stands at the end of an address. Fails with `invitation-malformed`. */
export function readCode(text: string): Result<Opened> {
  const short = text.length <= INVITATION_LIMITS.codeChars ? text.replaceAll(/\s/g, '') : '';
  const [, payload, header, signature, hidden] = CODE.exec(short) ?? [];
  const secret = hidden === undefined ? undefined : fromBase64url(hidden);
  const wire = { payload, signatures: [{ protected: header, signature }] };
  const form = secret && fromWire(wire);
  if (!secret || !form?.ok || form.value.payload.length > INVITATION_LIMITS.documentBytes) return malformed();
  let inviter: Inception | undefined;
  const read = readSigned(wire, INVITATION, Invitation, (value) => {
    inviter = readIntroduction(value.identity);
    return inviter?.nodeKey;
  });
  return read.ok && inviter ? ok({ ...read.value, inviter, secret }) : malformed();
}

function malformed(): Result<never> {
  return fail(
    'invitation-malformed',
    'That is not a whole invitation, or somebody has changed it. Nothing was sent.',
    'Ask for it again, and copy all of it.',
  );
}
