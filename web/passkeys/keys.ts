import { toBase64url } from './base64url.ts';

type Octets = ArrayBuffer | ArrayBufferView<ArrayBuffer>;

/**
 * What is made of the 32 octets that only this passkey can tell, each by its own label, so that one says nothing of the
 * other: the first goes to the node in the place of a passphrase; the second is for what the node shall never open, and
 * stays on the device.
 */
type Label = 'parley/opens-secret/v1' | 'parley/opens-vault/v1';

/** HKDF-SHA256 (RFC 5869), no salt: 32 octets. */
export async function keyFor(label: Label, told: Octets): Promise<Uint8Array> {
  const secret = await crypto.subtle.importKey('raw', told, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(label);
  const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(params, secret, 256));
}

/** What the node opens my secret with. */
export async function keyForNode(told: Octets | undefined): Promise<{ opener?: string }> {
  return told === undefined ? {} : { opener: toBase64url(await keyFor('parley/opens-secret/v1', told)) };
}
