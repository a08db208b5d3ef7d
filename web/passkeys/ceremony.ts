import { Failed } from '../api/failure.ts';
import type { PasskeyAnswer, PasskeyMade, PasskeyToMake, PasskeyToUse } from '../api/shapes.ts';
import { t } from '../i18n/index.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import { keyForNode } from './keys.ts';

/** What the browser asks the device is only tried for so long. */
type Known = PasskeyToMake['options']['excludeCredentials'];

/** Has a device make a passkey, and asks it for what opens my keys; some are asked a second time for that. */
export async function makePasskey({ options, salt }: PasskeyToMake): Promise<PasskeyMade> {
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
  return {
    passkey: {
      id: toBase64url(credential.rawId),
      clientDataJSON: toBase64url(response.clientDataJSON),
      attestationObject: toBase64url(response.attestationObject),
      transports: response.getTransports().filter(isTransport),
    },
    ...(await keyForNode(told)),
  };
}

/** Asks a passkey who is there. */
export async function askPasskey({ options, salt }: PasskeyToUse): Promise<PasskeyAnswer> {
  const credential = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: fromBase64url(options.challenge),
        allowCredentials: described(options.allowCredentials),
        extensions: { prf: { eval: { first: fromBase64url(salt) } } },
      },
    }),
  );
  const { response } = credential;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw failed('passkey-odd');
  return {
    signed: {
      id: toBase64url(credential.rawId),
      clientDataJSON: toBase64url(response.clientDataJSON),
      authenticatorData: toBase64url(response.authenticatorData),
      signature: toBase64url(response.signature),
      ...(response.userHandle ? { userHandle: toBase64url(response.userHandle) } : {}),
    },
    ...(await keyForNode(credential.getClientExtensionResults().prf?.results?.first)),
  };
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

function failed(code: keyof typeof t.devices.failures): Failed {
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
