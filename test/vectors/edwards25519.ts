import { createHash } from 'node:crypto';

/** Arithmetic on edwards25519 (RFC 8032, section 5.1), for making and checking test cases: slow, and not secret. */
const P = 2n ** 255n - 19n;
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

/** Extended coordinates. */
export interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly t: bigint;
}

export const IDENTITY: Point = { x: 0n, y: 1n, z: 1n, t: 0n };
export const BASE = point(fromHex('5866666666666666666666666666666666666666666666666666666666666666'));
/** Of order 8; its multiples are the eight points of small order. */
export const TORSION = point(fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'));

export function add(a: Point, b: Point): Point {
  const m = mod((a.y - a.x) * (b.y - b.x));
  const n = mod((a.y + a.x) * (b.y + b.x));
  const c = mod(2n * D * mod(a.t * b.t));
  const d = mod(2n * a.z * b.z);
  const [e, f, g, h] = [n - m, d - c, d + c, n + m];
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

export function times(factor: bigint, p: Point): Point {
  let [sum, double] = [IDENTITY, p];
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, double);
    double = add(double, double);
  }
  return sum;
}

function negative({ x, y, z, t }: Point): Point {
  return { x: mod(-x), y, z, t: mod(-t) };
}

export function isEqual(a: Point, b: Point): boolean {
  return mod(a.x * b.z - b.x * a.z) === 0n && mod(a.y * b.z - b.y * a.z) === 0n;
}

export function encode({ x, y, z }: Point): Uint8Array {
  const inverse = power(z, P - 2n);
  const octets = toOctets(mod(y * inverse));
  octets[31] = (octets[31] ?? 0) | (mod(x * inverse) & 1n ? 0x80 : 0);
  return octets;
}

/** The point of these octets, also when they are not its canonical encoding; undefined when they name none. */
export function decode(octets: Uint8Array): Point | undefined {
  const number = toNumber(octets);
  const isOdd = number >> 255n === 1n;
  const y = mod(number & (2n ** 255n - 1n));
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(v * x * x) !== u) return undefined;
  if ((x & 1n) !== (isOdd ? 1n : 0n)) x = mod(-x);
  return { x, y, z: 1n, t: mod(x * y) };
}

/** H(R, A, M) of RFC 8032 as a number. */
export function challenge(r: Uint8Array, a: Uint8Array, message: Uint8Array): bigint {
  return toNumber(createHash('sha512').update(r).update(a).update(message).digest()) % L;
}

/** S B - k A - R; undefined when the octets name no points or S is too large. */
export function residue(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Point | undefined {
  if (publicKey.length !== 32 || signature.length !== 64) return undefined;
  const [a, r] = [decode(publicKey), decode(signature.subarray(0, 32))];
  const s = toNumber(signature.subarray(32));
  if (!a || !r || s >= L) return undefined;
  const k = challenge(signature.subarray(0, 32), publicKey, message);
  return add(times(s, BASE), negative(add(times(k, a), r)));
}

export function toOctets(number: bigint): Uint8Array {
  return fromHex(number.toString(16).padStart(64, '0')).reverse();
}

export function toNumber(octets: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(octets).reverse().toString('hex')}`);
}

export function fromHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

function point(octets: Uint8Array): Point {
  const found = decode(octets);
  if (!found) throw new Error('these octets name no point');
  return found;
}

function power(base: bigint, exponent: bigint): bigint {
  let [product, square] = [1n, mod(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) product = mod(product * square);
    square = mod(square * square);
  }
  return product;
}

function mod(number: bigint): bigint {
  const rest = number % P;
  return rest < 0n ? rest + P : rest;
}
