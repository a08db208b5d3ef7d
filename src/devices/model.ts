import { z } from 'zod';
import { id, line } from '../kernel/schema.ts';
import { DEVICE_LIMITS } from './limits.ts';

const octets = z.string().regex(/^[A-Za-z0-9_-]*$/, 'This is not base64url.');
const said = octets.min(1).max(DEVICE_LIMITS.answerChars);
const credential = octets.min(1).max(Math.ceil((DEVICE_LIMITS.credentialBytes * 4) / 3));

export const passkeyName = line.describe('What you call the device, as “my phone”.');

/** 32 octets that the page made of what the passkey alone can tell; they open the party's secret. */
export const opener = octets
  .length(43)
  .describe('What opens your keys, made on the device of what this passkey keeps to itself.');

/** Where a passkey may be: what browsers say of it, so that they need not ask for each way. */
export const Transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/** A new passkey, as a browser answers (WebAuthn, RegistrationResponseJSON). Nothing else of it is taken. */
export const NewPasskey = z.strictObject({
  id: credential,
  clientDataJSON: said,
  attestationObject: said,
  transports: z.array(Transport).max(10).default([]),
});
export type NewPasskey = z.output<typeof NewPasskey>;

/** What a passkey that is there answers (WebAuthn, AuthenticationResponseJSON). */
const PasskeySigned = z.strictObject({
  id: credential,
  clientDataJSON: said,
  authenticatorData: said,
  signature: said,
  userHandle: octets.max(86).optional(),
});
export type PasskeySigned = z.output<typeof PasskeySigned>;

/** A passkey's answer, and with it what opens the secret, when the passkey can. */
export const PasskeyAnswer = z.strictObject({ signed: PasskeySigned, opener: opener.optional() });
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>;

const asked = {
  /** Single use, for five minutes, for whoever asked. */
  challenge: z.string(),
  timeout: z.int(),
};
const known = z.array(
  z.object({ type: z.literal('public-key'), id: z.string(), transports: z.array(Transport) }),
);

/** What the browser is to ask a new passkey (WebAuthn, PublicKeyCredentialCreationOptionsJSON). */
export const CreationOptions = z.object({
  ...asked,
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  excludeCredentials: known,
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});

/** What the browser is to ask a passkey that is there (WebAuthn, PublicKeyCredentialRequestOptionsJSON). */
export const RequestOptions = z.object({
  ...asked,
  rpId: z.string(),
  allowCredentials: known,
  userVerification: z.literal('required'),
});

/** What the key is made of beside the passkey's own secret; the browser gives it to the passkey (WebAuthn, `prf`). */
export const salt = z.string();

export const PasskeyView = z.object({ id, name: line });

export interface PasskeyRow {
  home_id: string;
  /** base64url of the SHA-256 of the credential's id. */
  id: string;
  /** The id that the passkey itself goes by, base64url. */
  credential: string;
  /** COSE (RFC 9052). */
  public_key: Uint8Array;
  /** How often it has signed, as it says; 0 for one that does not count. */
  counter: number;
  /** Space-separated. */
  transports: string;
  /** The name in the address that it was made for; it works under no other. */
  site: string;
  name: string;
  /** The party's secret, sealed under the key that comes from this passkey; null for one that gives none. */
  wrapped: Uint8Array | null;
  /** Kept by a service that copies it to other devices. */
  is_synced: boolean;
  made_at: number;
  used_at: number | null;
}

interface SharesRow {
  home_id: string;
  /** Stands on each share, so that two of different sets are told apart. */
  id: string;
  /** The party's secret, sealed under the key that two shares give. */
  wrapped: Uint8Array;
  made_at: number;
}

export interface DeviceTables {
  passkeys: PasskeyRow;
  recovery_shares: SharesRow;
  spent_challenges: { home_id: string; id: string; until_at: number };
}
