/** Octets whose buffer is their own, as WebCrypto asks for. */
export type Octets = Uint8Array<ArrayBuffer>;

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toUtf8(text: string): Octets {
  return ENCODER.encode(text);
}

/** Undefined when the octets are not UTF-8. */
export function fromUtf8(octets: Uint8Array): string | undefined {
  try {
    return DECODER.decode(octets);
  } catch {
    return undefined;
  }
}

export function concat(...parts: readonly Uint8Array[]): Octets {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A whole number in four octets, the greatest first. */
export function fourOctets(number: number): Octets {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, number);
  return octets;
}

export function numberAt(octets: Uint8Array, at: number): number {
  return new DataView(octets.buffer, octets.byteOffset).getUint32(at);
}

export function toHex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** What a string made at once may take, so that no engine runs out of room for arguments. */
const AT_ONCE = 0x2000;

export function toBase64url(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += AT_ONCE) {
    text += String.fromCharCode(...octets.subarray(at, at + AT_ONCE));
  }
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Undefined for anything that is not base64url without padding. */
export function fromBase64url(text: string): Octets | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const octets = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at++) octets[at] = plain.charCodeAt(at);
  return octets;
}
