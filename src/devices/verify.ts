import { DEVICE_LIMITS } from './limits.ts';
import type { NewPasskey, PasskeyRow, PasskeySigned } from './model.ts';
import type { Site } from './site.ts';

/** EdDSA, ES256 and RS256 (COSE): what phones, keys and Windows Hello sign with, the best first. */
export const ALGORITHMS: readonly number[] = [-8, -7, -257];

/** Loaded with the first passkey: it weighs some 20 MB, and most nodes start without it. */
const library = () => import('@simplewebauthn/server');

/** What is kept of a passkey that has just been made; undefined when anything of its answer is not as it must be. */
export async function verifyNew(answer: NewPasskey, challenge: string, site: Site) {
  const { verifyRegistrationResponse } = await library();
  const { id, clientDataJSON } = answer;
  const attestationObject = await settled(unattested(answer.attestationObject));
  if (attestationObject === undefined) return undefined;
  const response = { clientDataJSON, attestationObject };
  const checked = await settled(
    verifyRegistrationResponse({
      response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.name,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...ALGORITHMS],
    }),
  );
  const made = checked?.verified ? checked.registrationInfo : undefined;
  if (!made || made.credential.id !== id || !isPlausible(id)) return undefined;
  const { publicKey, counter } = made.credential;
  return { credential: id, publicKey: new Uint8Array(publicKey), counter, isSynced: made.credentialBackedUp };
}

/**
 * The answer without what its maker says of the device. None was asked for, some give it all the same, and to weigh it the
 * library would call whatever address the certificates in it name.
 */
async function unattested(attestationObject: string): Promise<string> {
  const { isoBase64URL, isoCBOR } = await import('@simplewebauthn/server/helpers');
  const said = isoCBOR.decodeFirst<unknown>(isoBase64URL.toBuffer(attestationObject));
  const authData = said instanceof Map ? said.get('authData') : undefined;
  if (!(authData instanceof Uint8Array)) throw new Error('There is no data of the authenticator.');
  const bare = new Map<string, string | Uint8Array | Map<string, string>>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ]);
  return isoBase64URL.fromBuffer(isoCBOR.encode(bare));
}

/** How often the passkey says it has signed; undefined when its answer does not hold. */
export async function verifySigned(
  { id, userHandle, ...signed }: PasskeySigned,
  challenge: string,
  site: Site,
  row: PasskeyRow,
): Promise<{ readonly counter: number; readonly isSynced: boolean } | undefined> {
  const { verifyAuthenticationResponse } = await library();
  const response = { ...signed, ...(userHandle !== undefined && { userHandle }) };
  const checked = await settled(
    verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.name,
      requireUserVerification: true,
      // The count is looked at in rules.ts, so that a copy is told as one.
      credential: { id: row.credential, publicKey: new Uint8Array(row.public_key), counter: 0 },
    }),
  );
  if (!checked?.verified) return undefined;
  const { newCounter, credentialBackedUp } = checked.authenticationInfo;
  return { counter: newCounter, isSynced: credentialBackedUp };
}

/** The library throws for whatever does not hold, in words for whoever runs a site; here it is refused, and no more said. */
async function settled<T>(checking: Promise<T>): Promise<T | undefined> {
  try {
    return await checking;
  } catch {
    return undefined;
  }
}

function isPlausible(credential: string): boolean {
  return Buffer.from(credential, 'base64url').length <= DEVICE_LIMITS.credentialBytes;
}
