import { fail, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { rememberCode } from './codes.ts';
import { cipherOf, digestOf } from './crypto.ts';
import { nodeOdd, passphraseKnown, vaultGone } from './failures.ts';
import { rememberPassphrase, rememberSent, rememberTry, staysHere } from './known.ts';
import { passphraseWay, RECOVERY } from './names.ts';
import { toBase64url } from './octets.ts';
import { openSession } from './open.ts';
import { isSplit, newPassphrase, newRecoveryCode, rememberSplit, samePassphrase } from './passphrase.ts';
import type { Session } from './session.ts';
import { type Statement, sealStatement } from './statement.ts';
import type { Surroundings, Whose } from './surroundings.ts';
import { makeWay, markOf, type Way } from './ways.ts';

export interface Beginning extends Whose {
  /** The one until now, which the node has seen. */
  readonly passphrase: string;
  readonly newPassphrase: string;
  /** Shows the recovery code, and says whether its owner has it on paper. */
  readonly written?: ((recoveryCode: string) => Promise<boolean>) | undefined;
}

/**
 * Begins a vault: a new passphrase that the node never sees, and a new recovery code. Fails with `passphrase-known`,
 * `passphrase-unfit`, `recovery-code-unseen`, `vault-gone` where this device knows one, and as begin-vault of the node does.
 */
export async function beginSession(
  s: Surroundings,
  { home, handle, passphrase, newPassphrase: next, written }: Beginning,
): Promise<Result<{ session: Session; recoveryCode: string }>> {
  // A node that says there is no vault where there is one would be sent the passphrase that opens it.
  if ((await isSplit(s, handle)) || (await s.memory.recall(home))) return vaultGone();
  if (await staysHere(s, passphrase)) return vaultGone();
  if (samePassphrase(passphrase, next)) return passphraseKnown();
  const made = await newPassphrase(s, next);
  if (isFailure(made)) return made;
  const code = await newRecoveryCode(s);
  if (written && !(await written(code.text))) return unseen();
  const root = { number: 1, key: new Uint8Array(s.random(32)) };
  const ways = [
    await makeWay(home, passphraseWay(made.value.salt), made.value.wayKey, root, s.random),
    await makeWay(home, RECOVERY, code.wayKey, root, s.random),
  ];
  const statement = firstStatement(home, ways, s.now());
  const octets = await sealStatement(await cipherOf(root.key), statement, s.random);
  await rememberTry(s, next, made.value);
  await rememberSent(s, passphrase);
  await rememberCode(s, code.wayKey);
  const begun = await s.call('begin-vault', {
    passphrase,
    newPassphrase: made.value.forNode,
    recovery: code.forNode,
    statement: toBase64url(octets),
    put: ways.map((way) => ({ name: way.name, octets: toBase64url(way.octets) })),
  });
  if (isFailure(begun)) return begun;
  await rememberPassphrase(s, made.value);
  await rememberSplit(s, handle);
  const digest = await digestOf(octets);
  const mark = await markOf(home, root);
  await s.memory.remember(home, { counter: 1, digest, root: root.number, mark, isSplit: true });
  const session = await openSession(s, { home, handle }, { recoveryCode: code.text });
  if (isFailure(session)) return session.code === 'way-shut' ? nodeOdd('begin-vault') : session;
  const [way] = ways;
  if (way) session.value.entry = { name: way.name, wayKey: made.value.wayKey, by: 'passphrase' };
  return ok({ session: session.value, recoveryCode: code.text });
}

function firstStatement(home: string, ways: readonly Way[], at: number): Statement {
  const open = Object.fromEntries(ways.map((way) => [way.name, way.open]));
  return { home, counter: 1, root: 1, at, past: '', marks: {}, modes: {}, epochs: {}, ways: open };
}

export function unseen(): Result<never> {
  return fail(
    'recovery-code-unseen',
    'Without the recovery code on paper, what you seal could be lost for good. Nothing was changed.',
    'Begin again, and write the code down.',
  );
}
