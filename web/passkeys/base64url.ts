/** Octets as WebAuthn's JSON has them; the browsers' own helper also writes down what must stay on the device. */
export function toBase64url(octets: ArrayBuffer | Uint8Array): string {
  const text = String.fromCharCode(...new Uint8Array(octets));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}
