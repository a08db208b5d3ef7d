import {
  newPassphrase,
  openVault,
  passphraseFor,
  readRecoveryCode,
  type Surroundings,
  type Whose,
} from '../../../../device/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { isObjectWith } from '../shape.ts';

/** Operations that take the passphrase of a party in this field: what is sent for it may be something else. */
const PASSPHRASES: Readonly<Record<string, string>> = {
  'sign-in': 'passphrase',
  'show-recovery-code': 'passphrase',
  'add-passkey': 'passphrase',
  'make-recovery-shares': 'passphrase',
  'remove-party': 'passphrase',
  'move-party': 'passphrase',
  'take-into-use': 'passphrase',
};

/** Those that give it another one: the vault has to open with it as well. */
const CHANGING: readonly string[] = ['change-passphrase', 'recover-party'];

export function takesPassphrase(operation: string): boolean {
  return operation in PASSPHRASES || CHANGING.includes(operation);
}

/** The input as it may be sent: a passphrase that stays on devices is exchanged for its half for the node. */
export async function splitInput(
  s: Surroundings,
  operation: string,
  handle: string,
  input: JsonObject,
): Promise<Result<JsonObject>> {
  const field = PASSPHRASES[operation] ?? '';
  const given = input[field];
  if (typeof given !== 'string') return ok(input);
  const sent = await passphraseFor(s, handle, given);
  return sent.ok ? ok({ ...input, [field]: sent.value }) : sent;
}

/** Does an operation that changes the passphrase of a party with a vault; undefined for one without. */
export async function changeHere(
  s: Surroundings,
  operation: string,
  handle: string,
  whose: () => Promise<Result<Whose>>,
  input: JsonObject,
): Promise<Result<unknown> | undefined> {
  if (!CHANGING.includes(operation)) return undefined;
  const how = await s.call('prepare-sign-in', { handle });
  if (!how.ok) return how;
  if (!isObjectWith(how.value, 'how') || how.value.how !== 'here') {
    // The device itself refuses what it knows to stay here, whoever the node says is acting.
    const sent = await passphraseFor(s, handle, String(input.old ?? input.newPassphrase ?? ''));
    return sent.ok ? undefined : sent;
  }
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
  const sent = { ...input, code: code?.forNode ?? '', newPassphrase: next.value.forNode };
  const recovered = await s.call('recover-party', sent);
  if (!recovered.ok) return recovered;
  const mine = await whose();
  if (!mine.ok) return mine;
  const vault = await openVault(s, mine.value, { recoveryCode });
  if (!vault.ok) return vault;
  const adopted = await vault.value.adoptPassphrase(String(input.newPassphrase));
  vault.value.close();
  return adopted.ok ? recovered : adopted;
}
