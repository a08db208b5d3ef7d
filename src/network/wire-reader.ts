/** Why octets are no message; caught where they are decoded. */
export class Refused extends Error {}

export interface WireReader {
  isAtEnd(): boolean;
  /** A variable-length integer (RFC 9000, section 16); numbers beyond 2^53 are longer than anything here. */
  integer(): number;
  /** Octets after their length. */
  octets(most: number): Uint8Array;
  /** The same, one character for each octet, as HTTP's headers are. */
  text(most: number): string;
  rest(): Uint8Array;
}

export function wireReader(octets: Uint8Array): WireReader {
  let at = 0;
  const take = (count: number): Uint8Array => {
    if (count > octets.length - at) throw new Refused('it is cut off');
    at += count;
    return octets.subarray(at - count, at);
  };
  const integer = (): number => {
    const [first = 0] = take(1);
    let value = first & 0x3f;
    for (const octet of take((1 << (first >> 6)) - 1)) value = value * 256 + octet;
    if (!Number.isSafeInteger(value)) throw new Refused('a length in it is out of reach');
    return value;
  };
  const counted = (most: number): Uint8Array => {
    const length = integer();
    if (length > most) throw new Refused('a part of it is too long');
    return take(length);
  };
  return {
    isAtEnd: () => at === octets.length,
    integer,
    octets: counted,
    text: (most) => Buffer.from(counted(most)).toString('latin1'),
    rest: () => octets.subarray(at),
  };
}

/** The shortest form of an integer up to 2^30 - 1. */
export function writeInteger(value: number): Uint8Array {
  if (value < 1 << 6) return new Uint8Array([value]);
  const out = Buffer.alloc(value < 1 << 14 ? 2 : 4);
  if (out.length === 2) out.writeUInt16BE(value | 0x4000);
  else out.writeUInt32BE(value + 0x80000000);
  return new Uint8Array(out);
}
