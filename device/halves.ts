import { LIMITS } from '../src/kernel/limits.ts';
import { derive } from './crypto.ts';
import { type Octets, toBase64url } from './octets.ts';
import type { Cost, Surroundings } from './surroundings.ts';
import { SECRET_LABEL, wayKeyOf } from './ways.ts';

/** What argon2id costs at the least, as everywhere in Parley, and what a device lets itself be made to do. */
export const USUAL_COST: Cost = { memoryKiB: LIMITS.argon2MemoryKiB, passes: LIMITS.argon2Passes, lanes: 1 };
/** The least that a device lets a node ask for; it does not grow with what is usual, so that what was made before opens. */
export const LEAST: Cost = { memoryKiB: 65_536, passes: 3, lanes: 1 };

export const SALT = 16;

export interface Salted {
  readonly salt: Uint8Array;
  readonly cost: Cost;
}

/** The two halves of a passphrase, which say nothing of each other: one for the node in its place, one that stays here. */
export async function splitPassphrase(
  s: Pick<Surroundings, 'argon2'>,
  passphrase: string,
  { salt, cost }: Salted,
): Promise<{ forNode: string; wayKey: Octets }> {
  const told = await s.argon2(passphrase.normalize('NFKC'), salt, cost);
  const opener = await derive(told, SECRET_LABEL);
  const forNode = `parley-key-1.${toBase64url(salt)}.${numbersOf(cost)}.${toBase64url(opener)}`;
  return { forNode, wayKey: await wayKeyOf(told) };
}

export function numbersOf({ memoryKiB, passes, lanes }: Cost): string {
  return [memoryKiB, passes, lanes].join('.');
}
