import { toUtf8 } from '../../src/kernel/bytes.ts';
import {
  add,
  BASE,
  challenge,
  encode,
  fromHex,
  IDENTITY,
  L,
  type Point,
  TORSION,
  times,
  toNumber,
  toOctets,
} from './edwards25519.ts';

/** A signature on the edge, with our verdict and what the bare equations say of it. */
export interface EdgeCase {
  readonly name: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
  readonly verdict: 'accept' | 'refuse';
  /** S B = R + k A holds; 8 S B = 8 R + 8 k A holds. */
  readonly cofactorless: boolean;
  readonly cofactored: boolean;
}

interface Parts {
  readonly a: bigint;
  /** Of small order, added to a B and r B. */
  readonly keyTorsion?: bigint;
  readonly pointTorsion?: bigint;
  readonly r?: bigint;
  /** Octets used in place of the canonical encoding. */
  readonly keyOctets?: Uint8Array;
  readonly pointOctets?: Uint8Array;
  /** What the challenge has to be, of the tries with other messages. */
  readonly when?: (k: bigint) => boolean;
  readonly addedToS?: bigint;
}

const A = 2n ** 251n + 1234567891011n;
const R = 2n ** 250n + 1110987654321n;

/** Every encoding of a point of small order, and the multiple of TORSION that it is. */
export const SMALL: readonly (readonly [string, string, bigint])[] = [
  ['order 1', '0100000000000000000000000000000000000000000000000000000000000000', 0n],
  ['order 1, x = -0', '0100000000000000000000000000000000000000000000000000000000000080', 0n],
  ['order 1, y = p + 1', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 0n],
  ['order 1, y = p + 1, x = -0', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 0n],
  ['order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 4n],
  ['order 2, x = -0', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 4n],
  ['order 4', '0000000000000000000000000000000000000000000000000000000000000000', 6n],
  ['order 4, negative', '0000000000000000000000000000000000000000000000000000000000000080', 2n],
  ['order 4, y = p', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 6n],
  ['order 4, y = p, negative', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 2n],
  ['order 8', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 1n],
  ['order 8, negative', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa', 7n],
  ['order 8, the other', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 3n],
  ['order 8, the other, negative', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85', 5n],
];

export function edgeCases(): EdgeCase[] {
  const divides = (k: bigint) => k % 8n === 0n;
  return [
    make('a usual signature', 'accept', { a: A }),
    make('S + L', 'refuse', { a: A, addedToS: L }),
    make('S + 2 L', 'refuse', { a: A, addedToS: 2n * L }),
    make('S + 8 L', 'refuse', { a: A, addedToS: 8n * L }),
    ...SMALL.map(([order, octets]) =>
      make(`a key of ${order}; holds for everybody`, 'refuse', {
        a: 0n,
        keyOctets: fromHex(octets),
        when: divides,
      }),
    ),
    ...SMALL.map(([order, octets, torsion]) =>
      make(`an R of ${order}`, 'refuse', {
        a: A,
        r: 0n,
        pointTorsion: torsion,
        pointOctets: fromHex(octets),
      }),
    ),
    make('a key and an R of small order that cancel out', 'refuse', {
      a: A,
      r: 0n,
      keyTorsion: 1n,
      pointTorsion: 5n,
      when: (k) => k % 8n === 3n,
    }),
    make(
      'a key of mixed order whose challenge takes the rest away: every RFC 8032 verifier agrees',
      'accept',
      {
        a: A,
        keyTorsion: 1n,
        when: divides,
      },
    ),
    make('a key and an R of mixed order whose rests cancel out: every RFC 8032 verifier agrees', 'accept', {
      a: A,
      keyTorsion: 1n,
      pointTorsion: 5n,
      when: (k) => k % 8n === 3n,
    }),
    make('a key of mixed order, with a rest: holds with the cofactor only', 'refuse', {
      a: A,
      keyTorsion: 1n,
      when: (k) => k % 8n === 1n,
    }),
    make('a key of mixed order, with a rest of order 2', 'refuse', {
      a: A,
      keyTorsion: 1n,
      when: (k) => k % 8n === 4n,
    }),
    make('an R of mixed order under a usual key: holds with the cofactor only', 'refuse', {
      a: A,
      pointTorsion: 1n,
    }),
    make('an R of mixed order (2) under a usual key', 'refuse', { a: A, pointTorsion: 4n }),
    ...broken(),
  ];
}

/** Signed as RFC 8032 does, with what the parts change; the message counts until the challenge is as wanted. */
function make(name: string, verdict: EdgeCase['verdict'], parts: Parts): EdgeCase {
  const r = parts.r ?? R;
  const key = parts.keyOctets ?? encode(withTorsion(parts.a, parts.keyTorsion ?? 0n));
  const commitment = parts.pointOctets ?? encode(withTorsion(r, parts.pointTorsion ?? 0n));
  for (let tries = 0; ; tries++) {
    const message = toUtf8(`what was agreed, ${tries}`);
    const k = challenge(commitment, key, message);
    if (parts.when && !parts.when(k)) continue;
    const s = ((r + k * parts.a) % L) + (parts.addedToS ?? 0n);
    const isWhole = (parts.addedToS ?? 0n) === 0n;
    // What is left of S B - R - k A is of small order: the multiple of TORSION that its terms add up to.
    const keyTorsion = parts.keyTorsion ?? torsionOf(parts.keyOctets);
    const rest = ((parts.pointTorsion ?? 0n) + k * keyTorsion) % 8n;
    const signature = Buffer.concat([commitment, toOctets(s)]).toString('hex');
    return {
      name,
      ...{ publicKey: hex(key), message: hex(message), signature },
      ...{ verdict, cofactorless: isWhole && rest === 0n, cofactored: isWhole },
    };
  }
}

function torsionOf(octets: Uint8Array | undefined): bigint {
  return SMALL.find(([, text]) => octets && text === hex(octets))?.[2] ?? 0n;
}

function withTorsion(scalar: bigint, torsion: bigint): Point {
  return add(scalar === 0n ? IDENTITY : times(scalar, BASE), times(torsion, TORSION));
}

/** What is no signature at all. */
function broken(): EdgeCase[] {
  const { publicKey, message, signature } = make('', 'accept', { a: A });
  const offCurve = `02${'00'.repeat(31)}`;
  const none = { verdict: 'refuse', cofactorless: false, cofactored: false } as const;
  const sWithHighBit = toOctets(toNumber(fromHex(signature).subarray(32)) | (1n << 255n));
  return [
    { name: 'no octets', publicKey, message, signature: '', ...none },
    { name: 'all zero', publicKey, message, signature: '00'.repeat(64), ...none },
    { name: 'one octet less', publicKey, message, signature: signature.slice(0, -2), ...none },
    { name: 'one octet more', publicKey, message, signature: `${signature}00`, ...none },
    { name: 'a key of 31 octets', publicKey: publicKey.slice(0, -2), message, signature, ...none },
    { name: 'a key of 33 octets', publicKey: `${publicKey}00`, message, signature, ...none },
    { name: 'a key off the curve', publicKey: offCurve, message, signature, ...none },
    { name: 'an R off the curve', publicKey, message, signature: offCurve + signature.slice(64), ...none },
    { name: 'another message', publicKey, message: `${message}00`, signature, ...none },
    { name: 'S = L', publicKey, message, signature: signature.slice(0, 64) + hex(toOctets(L)), ...none },
    {
      name: 'S with its highest bit',
      publicKey,
      message,
      signature: signature.slice(0, 64) + hex(sWithHighBit),
      ...none,
    },
    {
      name: 'R and S swapped',
      publicKey,
      message,
      signature: signature.slice(64) + signature.slice(0, 64),
      ...none,
    },
  ];
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
