import {
  isSplitThere,
  newPassphrase,
  openVault,
  readRecoveryCode,
  rememberTry,
  type Surroundings,
  secretsIn,
  type Whose,
} from '../../../../device/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { ok, type Result } from '../../../kernel/result.ts';

/** Those that give a party another passphrase where the vault has to open with it as well. */
const CHANGING: readonly string[] = ['change-passphrase', 'recover-party'];

/** Does an operation that changes the passphrase of a party with a vault; undefined for every other. */
export async function changeHere(
  s: Surroundings,
  operation: string,
  handle: string,
  whose: () => Promise<Result<Whose>>,
  input: JsonObject,
): Promise<Result<unknown> | undefined> {
  if (!CHANGING.includes(operation) || secretsIn(operation, input).length < 2) return undefined;
  // Once it was so, it stays so: a node that says otherwise at the second try is told.
  const split = await isSplitThere(s, handle);
  if (!split.ok) return split;
  if (!split.value) return undefined;
  return operation === 'change-passphrase' ? change(s, whose, input) : recover(s, whose, input);
}

async function change(
  s: Surroundings,
  whose: () => Promise<Result<Whose>>,
  { old, new: next }: JsonObject,
): Promise<Result<unknown>> {
  const mine = await whose();
  if (!mine.ok) return mine;
  const vault = await openVault(s, mine.value, { passphrase: String(old) });
  if (!vault.ok) return vault;
  const changed = await vault.value.changePassphrase(String(old), String(next));
  vault.value.close();
  return changed.ok ? ok({}) : changed;
}

async function recover(
  s: Surroundings,
  whose: () => Promise<Result<Whose>>,
  input: JsonObject,
): Promise<Result<unknown>> {
  const recoveryCode = String(input.code);
  const code = await readRecoveryCode(recoveryCode);
  const next = await newPassphrase(s, String(input.newPassphrase));
  if (!next.ok) return next;
  await rememberTry(s, String(input.newPassphrase), next.value);
  const sent = { ...input, code: code?.forNode ?? '', newPassphrase: next.value.forNode };
  const recovered = await s.call('recover-party', sent);
  if (!recovered.ok) return recovered;
  const mine = await whose();
  if (!mine.ok) return mine;
  const vault = await openVault(s, mine.value, { recoveryCode });
  if (!vault.ok) return vault;
  const adopted = await vault.value.adoptPassphrase(String(input.newPassphrase), next.value);
  vault.value.close();
  return adopted.ok ? recovered : adopted;
}
