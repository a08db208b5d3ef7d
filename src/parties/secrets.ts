import { concat } from '../kernel/bytes.ts';
import { base32, fromBase32 } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { derive, open, type PassphraseCost, passphraseKey, seal } from '../kernel/sealing.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { SecretsRow } from './model.ts';
import { isSplit, readSplitCode, readSplitPassphrase, type SplitPassphrase, splitCost } from './split.ts';

/**
 * A party's secret is 32 random octets. Wrapped twice: under the passphrase (argon2id) and under the recovery
 * code (128 bits). From it comes the served secret, which the node keeps sealed under its own key to sign
 * for pairwise identities while the person is away.
 */
export function servedSecret(secret: Uint8Array): Uint8Array {
  return derive(secret, 'parley/served/v1');
}

/** For what a served secret is renewed: the same again gives the same, so that a restored copy says nothing else than it did. */
interface Renewal {
  readonly home: string;
  readonly number: number;
  readonly occasion: string;
}

/**
 * The served secret that takes the place of the one before. It comes from this node's key too: whoever kept the party's secret
 * from a node that it left works out none of the keys that are in force now.
 */
export function renewedSecret(
  secret: Uint8Array,
  nodeKey: Uint8Array,
  { home, number, occasion }: Renewal,
): Uint8Array {
  return derive(concat(derive(nodeKey, 'parley/renewal/v1'), secret), `${home}|${number}|${occasion}`);
}

export async function wrapWithPassphrase(
  secret: Uint8Array,
  passphrase: string,
  home: string,
  { random, passphraseCost: cost }: Pick<BaseDeps, 'random' | 'passphraseCost'>,
): Promise<Pick<SecretsRow, 'wrapped' | 'salt' | 'cost'>> {
  const split = readSplitPassphrase(passphrase);
  if (split) return wrapWithSplit(secret, split, home, random);
  const salt = random.bytes(16);
  const key = await passphraseKey(passphrase, salt, cost);
  return {
    wrapped: seal(key, secret, `secret|${home}`, random),
    salt,
    cost: JSON.stringify(cost),
  };
}

export function wrapWithSplit(
  secret: Uint8Array,
  { opener, salt, cost }: SplitPassphrase,
  home: string,
  random: Random,
): Pick<SecretsRow, 'wrapped' | 'salt' | 'cost'> {
  return { wrapped: seal(opener, secret, `secret|${home}`, random), salt, cost: splitCost(cost) };
}

/** The party's secret, or undefined when the passphrase is another one, or one that should have stayed on a device. */
export async function unwrapWithPassphrase(
  row: Pick<SecretsRow, 'wrapped' | 'salt' | 'cost' | 'home_id'>,
  passphrase: string,
): Promise<Uint8Array | undefined> {
  if (isSplit(row)) {
    const split = readSplitPassphrase(passphrase);
    return split && open(split.opener, row.wrapped, `secret|${row.home_id}`);
  }
  const cost = JSON.parse(row.cost) as PassphraseCost; // wrapWithPassphrase wrote it
  const key = await passphraseKey(passphrase, row.salt, cost);
  return open(key, row.wrapped, `secret|${row.home_id}`);
}

/** 128 bits as seven groups, for paper: 26 letters and digits of base 32. */
export function formatRecoveryCode(code: Uint8Array): string {
  return (base32(code).match(/.{1,4}/g) ?? []).join('-');
}

/** What somebody copied from paper, as the alphabet has it: lower case, o for 0, i and l for 1, no separators. */
export function readAsBase32(text: string): string {
  return text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
}

function parseRecoveryCode(text: string): Uint8Array | undefined {
  return fromBase32(text.replaceAll(/[\s-]/g, ''), 16);
}

/** What a recovery code wraps the secret under; the devices of whoever has a vault make it themselves. */
export function recoveryKey(code: Uint8Array): Uint8Array {
  return derive(code, 'parley/recovery-code/v1');
}

export function wrapWithRecovery(
  secret: Uint8Array,
  key: Uint8Array,
  home: string,
  random: Random,
): Uint8Array {
  return seal(key, secret, `recovery|${home}`, random);
}

/**
 * The party's secret, by its recovery code as it is on paper, or by what a device made of it; only by that where the code
 * opens a vault too.
 */
export function unwrapWithRecovery(
  row: Pick<SecretsRow, 'recovery_wrapped' | 'cost' | 'home_id'>,
  text: string,
): Uint8Array | undefined {
  const code = isSplit(row) ? undefined : parseRecoveryCode(text);
  const key = readSplitCode(text) ?? (code && recoveryKey(code));
  return key && open(key, row.recovery_wrapped, `recovery|${row.home_id}`);
}
