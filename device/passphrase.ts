import { base32, fromBase32 } from '../src/kernel/ids.ts';
import { LIMITS } from '../src/kernel/limits.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { derive } from './crypto.ts';
import { passphraseAsked, passphraseKnown } from './failures.ts';
import { LEAST, SALT, type Salted, splitPassphrase, USUAL_COST } from './halves.ts';
import { rememberHalf, rememberSent, staysHere, wasSent } from './known.ts';
import { askHow, type How } from './node.ts';
import { type Octets, toBase64url } from './octets.ts';
import { refuseElsewhere } from './salts.ts';
import type { Cost, Surroundings } from './surroundings.ts';
import { CODE_LABEL, wayKeyOf } from './ways.ts';

const MOST: Cost = { memoryKiB: 1_048_576, passes: 16, lanes: 8 };

/**
 * What to send as the passphrase of this handle: itself while the node opens with it, else its half for the node. Fails with
 * `passphrase-asked` when the node asks for a passphrase that this device knows to stay here, and with `passphrase-elsewhere`
 * when it asks for what opens another node; then nothing is to be sent.
 */
export async function passphraseFor(
  s: Surroundings,
  handle: string,
  passphrase: string,
): Promise<Result<string>> {
  const how = await howChecked(s, handle);
  if (isFailure(how)) return how;
  if (how.value.how === 'at-the-node')
    return (await staysHere(s, passphrase)) ? passphraseAsked() : sentWhole(s, passphrase);
  const { salt, cost } = how.value;
  const elsewhere = await refuseElsewhere(s, salt);
  if (elsewhere) return elsewhere;
  const { forNode, wayKey } = await splitPassphrase(s, passphrase, how.value);
  await rememberHalf(s, { salt, cost, wayKey });
  return ok(forNode);
}

/** What no device keeps to itself. */
export async function sentWhole(s: Surroundings, passphrase: string): Promise<Result<string>> {
  await rememberSent(s, passphrase);
  return ok(passphrase);
}

/** Whether the passphrase of this handle, and its recovery code, are split. Fails as `passphraseFor` does. */
export async function isSplitThere(s: Surroundings, handle: string): Promise<Result<boolean>> {
  const how = await howChecked(s, handle);
  return isFailure(how) ? how : ok(how.value.how === 'here');
}

async function howChecked(s: Surroundings, handle: string): Promise<Result<How>> {
  const how = await askHow(s, handle);
  if (!how.ok) return how;
  const known = await isSplit(s, handle);
  if (how.value.how === 'at-the-node') return known ? passphraseAsked() : how;
  const odd = oddCost(how.value);
  if (odd) return odd;
  if (!known) await rememberSplit(s, handle);
  return how;
}

/** From now on this device never sends the passphrase of this handle, whatever the node says. */
export function rememberSplit(s: Surroundings, handle: string): Promise<void> {
  return s.memory.remember(nameInMemory(handle), { counter: 0, digest: '', root: 0, isSplit: true });
}

/** Whether this device knows the passphrase of this handle to stay on devices. */
export async function isSplit({ memory }: Surroundings, handle: string): Promise<boolean> {
  return (await memory.recall(nameInMemory(handle))) !== undefined;
}

/** However its owner writes it: a node that lies takes every spelling. */
export function nameInMemory(handle: string): string {
  return `handle:${handle.normalize('NFKC').trim().toLowerCase()}`;
}

/**
 * How a passphrase that stays here is worked out. Fails with `passphrase-asked` where the node wants the passphrase itself, and
 * with `cost-odd`.
 */
export function howHere(how: How): Result<Extract<How, { how: 'here' }>> {
  if (how.how !== 'here') return passphraseAsked();
  return oddCost(how) ?? ok(how);
}

/** A node that lets argon2id cost little would find the passphrase by trying. */
function oddCost({ salt, cost }: Extract<How, { how: 'here' }>): Failure | undefined {
  const { memoryKiB, passes, lanes } = cost;
  const isLess = memoryKiB < LEAST.memoryKiB || passes < LEAST.passes || lanes < LEAST.lanes;
  const isMore = memoryKiB > MOST.memoryKiB || passes > MOST.passes || lanes > MOST.lanes;
  if (salt.length === SALT && !isLess && !isMore) return undefined;
  return fail(
    'cost-odd',
    'The node asks for the passphrase to be worked out as no device of yours does it: it would be easy to find, or take too long. Nothing was sent.',
    'Do not go on, and ask whoever runs the node.',
  );
}

/** A new passphrase: what the node gets for it, and what stays here. Fails with `passphrase-unfit`, and `passphrase-known` where a node has seen it. */
export async function newPassphrase(
  s: Surroundings,
  passphrase: string,
): Promise<Result<Salted & { forNode: string; wayKey: Octets }>> {
  const { passphraseMinChars: least, passphraseMaxChars: most } = LIMITS;
  if (passphrase.length < least || passphrase.length > most) {
    return fail(
      'passphrase-unfit',
      `A passphrase has ${least} to ${most} characters.`,
      'Choose another one.',
      {
        newPassphrase: `Use ${least} to ${most} characters.`,
      },
    );
  }
  if (await wasSent(s, passphrase)) return passphraseKnown();
  const salted = { salt: s.random(SALT), cost: USUAL_COST };
  return ok({ ...salted, ...(await splitPassphrase(s, passphrase, salted)) });
}

const CODE = 16;

interface RecoveryCode {
  /** For paper. */
  readonly text: string;
  /** For the node, in the place of the code. */
  readonly forNode: string;
  readonly wayKey: Octets;
}

export function newRecoveryCode(s: Surroundings): Promise<RecoveryCode> {
  return halvesOf(s.random(CODE));
}

/** The halves of a code as somebody copied it from paper; undefined when it is none. */
export async function readRecoveryCode(text: string): Promise<RecoveryCode | undefined> {
  const code = fromBase32(text.replaceAll(/[\s-]/g, ''), CODE);
  return code && halvesOf(code);
}

async function halvesOf(code: Uint8Array): Promise<RecoveryCode> {
  return {
    text: (base32(code).match(/.{1,4}/g) ?? []).join('-'),
    forNode: `parley-code-1.${toBase64url(await derive(code, CODE_LABEL))}`,
    wayKey: await wayKeyOf(code),
  };
}

/** Whether two passphrases are the same to argon2id. */
export function samePassphrase(one: string, other: string): boolean {
  return one.normalize('NFKC') === other.normalize('NFKC');
}
