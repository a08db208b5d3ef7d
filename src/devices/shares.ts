import { combine, split } from 'shamir-secret-sharing';
import { concat, equalBytes, sha256 } from '../kernel/bytes.ts';
import { base32, fromBase32 } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { derive, open, seal } from '../kernel/sealing.ts';
import { formatRecoveryCode } from '../parties/index.ts';
import { DEVICE_LIMITS } from './limits.ts';

/**
 * A share on paper is 40 letters and digits, 200 bits: which set it is of, one point of a line (Shamir, GF(256)) for each
 * octet of a key of 128 bits, and a check over both, so that a slip in copying is told before anything is tried.
 */
const SET = 3;
const KEY = 16;
const POINT = KEY + 1;
const CHECK = 5;

interface Share {
  readonly set: string;
  readonly point: Uint8Array;
}

/** Three shares of a fresh key, and the secret sealed under it. One share says nothing of the key. */
export async function makeShares(
  secret: Uint8Array,
  home: string,
  random: Random,
): Promise<{ readonly id: string; readonly shares: string[]; readonly wrapped: Uint8Array }> {
  const set = random.bytes(SET);
  const key = random.bytes(KEY);
  const id = base32(set);
  // The library draws the lines from the system's own source.
  const points = await split(key, DEVICE_LIMITS.shares, DEVICE_LIMITS.sharesNeeded);
  const wrapped = seal(wrapKey(key), secret, context(home, id), random);
  return { id, shares: points.map((point) => written(concat(set, point))), wrapped };
}

function written(said: Uint8Array): string {
  return formatRecoveryCode(concat(said, checkOf(said)));
}

/** A share as somebody copied it; undefined when the check tells a slip. */
export function readShare(text: string): Share | undefined {
  const octets = fromBase32(text.replaceAll(/[\s-]/g, ''), SET + POINT + CHECK);
  if (!octets) return undefined;
  const said = octets.subarray(0, SET + POINT);
  if (!equalBytes(octets.subarray(SET + POINT), checkOf(said))) return undefined;
  return { set: base32(said.subarray(0, SET)), point: new Uint8Array(said.subarray(SET)) };
}

function checkOf(said: Uint8Array): Uint8Array {
  return sha256('parley/recovery-share/v1', said).subarray(0, CHECK);
}

/** Whether these are one share twice: both lie at one place of the line. */
export function areTheSame(one: Share, other: Share): boolean {
  return one.point.at(-1) === other.point.at(-1);
}

/** The secret that two different shares of one set open; undefined when they are not of this party's set in force. */
export async function unwrapWithShares(
  wrapped: Uint8Array,
  home: string,
  shares: readonly [Share, Share],
): Promise<Uint8Array | undefined> {
  const key = await combine(shares.map((share) => share.point));
  return open(wrapKey(key), wrapped, context(home, shares[0].set));
}

const wrapKey = (key: Uint8Array): Uint8Array => derive(key, 'parley/recovery-shares/v1');
const context = (home: string, id: string): string => `recovery-shares|${home}|${id}`;
