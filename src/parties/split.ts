import { fromBase64url, toBase64url } from '../kernel/bytes.ts';
import { type Failure, fail } from '../kernel/result.ts';
import type { PassphraseCost } from '../kernel/sealing.ts';
import type { SecretsRow } from './model.ts';

/**
 * Who has sealed categories never sends a passphrase: the device works argon2id out and makes two keys of what it tells. One
 * opens the party's secret and comes here in the passphrase's place; the other opens the vault and stays there
 * (docs/reference/vault.md). What comes is a text in the same field, so that nothing else of an operation changes.
 */
export interface SplitPassphrase {
  readonly salt: Uint8Array;
  readonly cost: PassphraseCost;
  /** What the secret is wrapped under. */
  readonly opener: Uint8Array;
}

/** What the cost of a split passphrase is kept as, beside its salt: what the device has to work out again. */
interface SplitCost extends PassphraseCost {
  readonly kind: 'split';
}

const SPLIT = /^parley-key-1\.([\w-]{22})\.([1-9]\d{0,6})\.([1-9]\d?)\.([1-9]\d?)\.([\w-]{43})$/;
const CODE = /^parley-code-1\.([\w-]{43})$/;

/** `parley-key-1.<salt>.<memory in KiB>.<passes>.<lanes>.<opener>`; undefined for everything else. */
export function readSplitPassphrase(text: string): SplitPassphrase | undefined {
  const [, saltText = '', memory, passes, lanes, openerText = ''] = SPLIT.exec(text) ?? [];
  const salt = fromBase64url(saltText);
  const opener = fromBase64url(openerText);
  if (salt?.length !== 16 || opener?.length !== 32) return undefined;
  return {
    salt,
    opener,
    cost: { memoryKiB: Number(memory), passes: Number(passes), lanes: Number(lanes) },
  };
}

/** `parley-code-1.<key>`: what a device made of a recovery code, in the code's place. */
export function readSplitCode(text: string): Uint8Array | undefined {
  const [, key = ''] = CODE.exec(text.trim()) ?? [];
  const octets = fromBase64url(key);
  return octets?.length === 32 ? octets : undefined;
}

export function splitCost({ memoryKiB, passes, lanes }: PassphraseCost): string {
  return JSON.stringify({ memoryKiB, passes, lanes, kind: 'split' } satisfies SplitCost);
}

/** Whether a party's passphrase stays on its devices. From then on it always does. */
export function isSplit({ cost }: Pick<SecretsRow, 'cost'>): boolean {
  return (JSON.parse(cost) as Partial<SplitCost>).kind === 'split'; // splitCost or wrapWithPassphrase wrote it
}

/** How a device makes of a passphrase what it sends in its place. */
interface HowSplit {
  readonly salt: string;
  readonly cost: PassphraseCost;
}

/** How, for a party whose passphrase stays on its devices. */
export function howSplit(row: Pick<SecretsRow, 'cost' | 'salt'>): HowSplit | undefined {
  if (!isSplit(row)) return undefined;
  const { memoryKiB, passes, lanes } = JSON.parse(row.cost) as SplitCost; // splitCost wrote it
  return { salt: toBase64url(row.salt), cost: { memoryKiB, passes, lanes } };
}

/**
 * Why a new passphrase is not taken: one that stays on devices does so for good, and a party becomes one of those only with
 * its vault. Fails with `passphrase-stays-here` and `passphrase-not-here`.
 */
export function refuseForm(before: Pick<SecretsRow, 'cost'> | undefined, next: string): Failure | undefined {
  const isNextSplit = readSplitPassphrase(next) !== undefined;
  const wasSplit = before !== undefined && isSplit(before);
  if (wasSplit === isNextSplit) return undefined;
  return wasSplit
    ? passphraseStaysHere()
    : fail(
        'passphrase-not-here',
        'A passphrase that stays on your devices begins with the first category that you seal. Nothing was changed.',
        'Seal a category of My data first.',
      );
}

export function passphraseStaysHere(): Failure {
  return fail(
    'passphrase-stays-here',
    'Your passphrase stays on your devices, since it opens what only they may read. Nothing was changed.',
    'Use a page or a command line of this version: it sends what opens your party, and not the passphrase.',
  );
}
