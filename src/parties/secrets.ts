import { base32, fromBase32 } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { derive, open, type PassphraseCost, passphraseKey, seal } from '../kernel/sealing.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { SecretsRow } from './model.ts';

/**
 * A party's secret is 32 random octets. Wrapped twice: under the passphrase (argon2id) and under the recovery
 * code (128 bits). From it comes the served secret, which the node keeps sealed under its own key to sign
 * for pairwise identities while the person is away.
 */
export function servedSecret(secret: Uint8Array, renewals = 0): Uint8Array {
  return derive(secret, renewals === 0 ? 'parley/served/v1' : `parley/served/v1/${renewals}`);
}

export async function wrapWithPassphrase(
  secret: Uint8Array,
  passphrase: string,
  home: string,
  { random, passphraseCost: cost }: Pick<BaseDeps, 'random' | 'passphraseCost'>,
): Promise<Pick<SecretsRow, 'wrapped' | 'salt' | 'cost'>> {
  const salt = random.bytes(16);
  const key = await passphraseKey(passphrase, salt, cost);
  return {
    wrapped: seal(key, secret, `secret|${home}`, random),
    salt,
    cost: JSON.stringify(cost),
  };
}

/** The party's secret, or undefined when the passphrase is another one. */
export async function unwrapWithPassphrase(
  row: Pick<SecretsRow, 'wrapped' | 'salt' | 'cost' | 'home_id'>,
  passphrase: string,
): Promise<Uint8Array | undefined> {
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

export function parseRecoveryCode(text: string): Uint8Array | undefined {
  return fromBase32(text.replaceAll(/[\s-]/g, ''), 16);
}

const recoveryKey = (code: Uint8Array): Uint8Array => derive(code, 'parley/recovery-code/v1');

export function wrapWithRecovery(
  secret: Uint8Array,
  code: Uint8Array,
  home: string,
  random: Random,
): Uint8Array {
  return seal(recoveryKey(code), secret, `recovery|${home}`, random);
}

export function unwrapWithRecovery(
  wrapped: Uint8Array,
  code: Uint8Array,
  home: string,
): Uint8Array | undefined {
  return open(recoveryKey(code), wrapped, `recovery|${home}`);
}
