import { fail, ok, type Result } from '../kernel/result.ts';

/** Each character of the text back to the octet it stood for. */
export function octetsOfLatin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** The text of octets in a character set of the Encoding Standard; undefined when it is not that. */
export function decodeText(octets: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(octets);
  } catch {
    return undefined; // an unknown label or octets outside the set
  }
}

/** RFC 2045 section 6.7, line breaks already joined; undefined when an escape is broken. */
export function fromQuotedPrintable(octets: Uint8Array): Uint8Array | undefined {
  const out: number[] = [];
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    if (octet !== 0x3d) {
      out.push(octet);
      continue;
    }
    const hex = String.fromCharCode(octets[at + 1] ?? 0, octets[at + 2] ?? 0);
    if (!/^[0-9A-Fa-f]{2}$/.test(hex)) return undefined;
    out.push(Number.parseInt(hex, 16));
    at += 2;
  }
  return new Uint8Array(out);
}

/**
 * The octets of a file of text, its UTF-8 mark removed. Fails with `file-encoding` for UTF-16, UTF-32 and whatever has
 * null octets, with `file-empty` when there is nothing.
 */
export function textOctets(octets: Uint8Array): Result<Uint8Array> {
  const [a, b, c] = octets;
  const isUtf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  if (isUtf16 || octets.includes(0)) {
    return notUtf8(isUtf16 ? 'It is UTF-16.' : 'It has null characters, as UTF-16 and pictures have.');
  }
  const rest = a === 0xef && b === 0xbb && c === 0xbf ? octets.subarray(3) : octets;
  if (rest.every((octet) => octet <= 0x20)) {
    return fail('file-empty', 'There is nothing in this file.', 'Choose another file.');
  }
  return ok(rest);
}

export function notUtf8(why: string): Result<never> {
  return fail(
    'file-encoding',
    `This file is not text in UTF-8. ${why} Nothing was taken.`,
    'Save or export it again as UTF-8.',
  );
}
