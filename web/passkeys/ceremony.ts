import { Failed } from '../api/failure.ts';
import type { PasskeyAnswer, PasskeyMade, PasskeyToMake, PasskeyToUse } from '../api/shapes.ts';
import { t } from '../i18n/index.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import { keyForNode } from './keys.ts';

/** What the browser asks the device is only tried for so long. */
type Known = PasskeyToMake['options']['excludeCredentials'];

/** What a passkey keeps to itself, and tells this page alone; undefined of one that tells nothing. */
type Told = Uint8Array | undefined;

/** Has a device make a passkey, and asks it for what opens my keys; some are asked a second time for that. */
export async function makePasskey({
  options,
  salt,
}: PasskeyToMake): Promise<{ made: PasskeyMade; told: Told }> {
  const credential = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: fromBase64url(options.challenge),
        user: { ...options.user, id: fromBase64url(options.user.id) },
        excludeCredentials: described(options.excludeCredentials),
        extensions: { prf: { eval: { first: fromBase64url(salt) } } },
      },
    }),
  );
  const { response } = credential;
  if (!(response instanceof AuthenticatorAttestationResponse)) throw failed('passkey-odd');
  const { prf } = credential.getClientExtensionResults();
  let told = prf?.results?.first;
  if (told === undefined && prf?.enabled) told = await askAgain(credential, options.rp.id, salt);
  const passkey = {
    id: toBase64url(credential.rawId),
    clientDataJSON: toBase64url(response.clientDataJSON),
    attestationObject: toBase64url(response.attestationObject),
    transports: response.getTransports().filter(isTransport),
  };
  return { made: { passkey, ...(await keyForNode(told)) }, told: octetsOf(told) };
}

/** What a passkey answers to the node, and what it tells this page, with the id that it has on the list of devices. */
interface PasskeyUsed {
  readonly answer: PasskeyAnswer;
  readonly told: Told;
  readonly passkey: string;
}

/** Asks a passkey who is there; `only` that one, by its id on the list of devices. */
export async function askPasskey({ options, salt }: PasskeyToUse, only?: string): Promise<PasskeyUsed> {
  const known = await ofThese(options.allowCredentials, only);
  const credential = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: fromBase64url(options.challenge),
        allowCredentials: described(known),
        extensions: { prf: { eval: { first: fromBase64url(salt) } } },
      },
    }),
  );
  const { response } = credential;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw failed('passkey-odd');
  const told = credential.getClientExtensionResults().prf?.results?.first;
  const signed = {
    id: toBase64url(credential.rawId),
    clientDataJSON: toBase64url(response.clientDataJSON),
    authenticatorData: toBase64url(response.authenticatorData),
    signature: toBase64url(response.signature),
    ...(response.userHandle ? { userHandle: toBase64url(response.userHandle) } : {}),
  };
  const passkey = await idOf(credential.rawId);
  return { answer: { signed, ...(await keyForNode(told)) }, told: octetsOf(told), passkey };
}

/** The id of a passkey on the list of devices. */
async function idOf(credential: BufferSource): Promise<string> {
  return toBase64url(await crypto.subtle.digest('SHA-256', credential));
}

async function ofThese(known: Known, only: string | undefined): Promise<Known> {
  if (only === undefined) return known;
  const ids = await Promise.all(known.map(({ id }) => idOf(fromBase64url(id))));
  return known.filter((_, at) => ids[at] === only);
}

function octetsOf(told: BufferSource | undefined): Told {
  if (told === undefined) return undefined;
  return ArrayBuffer.isView(told)
    ? new Uint8Array(told.buffer, told.byteOffset, told.byteLength)
    : new Uint8Array(told);
}

/** A device that tells nothing while it makes a passkey tells it when the passkey is used. The answer itself goes nowhere. */
async function askAgain(
  { rawId }: PublicKeyCredential,
  rpId: string,
  salt: string,
): Promise<BufferSource | undefined> {
  const credential = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rpId,
        allowCredentials: [{ type: 'public-key', id: rawId }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: fromBase64url(salt) } } },
      },
    }),
  );
  return credential.getClientExtensionResults().prf?.results?.first;
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'InvalidStateError') throw failed('passkey-here');
    if (name === 'NotAllowedError' || name === 'AbortError') throw failed('passkey-cancelled');
    throw failed('passkey-odd');
  }
  if (credential instanceof PublicKeyCredential) return credential;
  throw failed('passkey-odd');
}

export function failed(code: keyof typeof t.devices.failures): Failed {
  return new Failed({ code, ...t.devices.failures[code] });
}

function described(known: Known): PublicKeyCredentialDescriptor[] {
  return known.map(({ type, id, transports }) => ({
    type,
    id: fromBase64url(id),
    // Newer words than the types of the platform have are words all the same.
    transports: transports as AuthenticatorTransport[],
  }));
}

type Transport = Known[number]['transports'][number];
const TRANSPORTS: readonly string[] = [
  ...(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] satisfies Transport[]),
];

function isTransport(word: string): word is Transport {
  return TRANSPORTS.includes(word);
}
