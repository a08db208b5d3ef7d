import {
  beginVault,
  forgetHandle,
  openVault,
  type Progress,
  type Put,
  type Surroundings,
  type Told,
  type Vault,
  type VaultItem,
  type Wanted,
  type Whose,
} from '../../../../device/index.ts';
import { fail, ok, type Result } from '../../../kernel/result.ts';
import type { Category } from '../../../vault/index.ts';
import type { Secrets } from './secrets.ts';

/** What a command on this device has around it. */
export interface DeviceDeps {
  readonly s: Surroundings;
  readonly whose: Whose;
  readonly secrets: Secrets;
  /** Where a relative name on the command line starts, and where to put a file that comes, when it was said. */
  readonly here: string;
  readonly out: string | undefined;
  /** Shows how far long work is; whatever was shown before is replaced. */
  readonly tell: (progress: string) => void;
  /** Shows something that stays. */
  readonly show: (text: string) => void;
}

export interface Reach {
  readonly passphraseFile?: string | undefined;
}

/** Opens the vault for one act, and forgets its keys after it. */
export async function withVault<T>(
  { s, whose, secrets }: DeviceDeps,
  { passphraseFile }: Reach,
  act: (vault: Vault) => Promise<Result<T>>,
): Promise<Result<T>> {
  const passphrase = await secrets.read('Passphrase', passphraseFile, 'passphrase-file');
  if (!passphrase.ok) return passphrase;
  const vault = await openVault(s, whose, { passphrase: passphrase.value });
  if (!vault.ok) return vault;
  try {
    return await act(vault.value);
  } finally {
    vault.value.close();
  }
}

interface BeginInput extends Reach {
  readonly newPassphraseFile?: string | undefined;
}

const NEXT =
  'Keep the recovery code on paper: it is the only way in when the passphrase is lost. The code before and shares made before open nothing any more. keep-sealed seals a part of your data.';

export async function begin(
  deps: DeviceDeps,
  _: unknown,
  { passphraseFile, newPassphraseFile }: BeginInput,
): Promise<Result<{ recoveryCode?: string; next: string }>> {
  const { s, whose, secrets } = deps;
  const old = await secrets.read('Passphrase until now', passphraseFile, 'passphrase-file');
  if (!old.ok) return old;
  const next = await readNew(secrets, newPassphraseFile);
  if (!next.ok) return next;
  const passphrases = { passphrase: old.value, newPassphrase: next.value };
  const written = (code: string) => isWritten(deps, code);
  const begun = await beginVault(s, { ...whose, ...passphrases, written });
  if (!begun.ok) return begun;
  begun.value.vault.close();
  // Whoever was asked has it before them already.
  return ok({ ...(!secrets.isAsked && { recoveryCode: begun.value.recoveryCode }), next: NEXT });
}

/** Twice where it is typed. */
async function readNew(secrets: Secrets, file: string | undefined): Promise<Result<string>> {
  const next = await secrets.read(
    'New passphrase, which only your devices know',
    file,
    'new-passphrase-file',
  );
  if (!next.ok || file !== undefined) return next;
  const again = await secrets.read('The new passphrase once more', undefined, 'new-passphrase-file');
  if (!again.ok || again.value === next.value) return next;
  return fail('usage', 'The two are not the same.', 'Begin again.');
}

/** It is shown before anything is changed, also where nobody is there to be asked: the answer may get lost. */
async function isWritten({ secrets, show }: DeviceDeps, code: string): Promise<boolean> {
  show(`Your recovery code, for paper. It is shown this once:\n\n  ${code}\n`);
  if (!secrets.isAsked) return true;
  const last = await secrets.read('Its last group, from your paper', undefined, 'passphrase-file');
  return last.ok && last.value.trim().toLowerCase() === code.split('-').at(-1);
}

const RENEWED = 'The code before opens nothing any more. Keep the new one on paper.';

export async function renewCode(
  deps: DeviceDeps,
  _: unknown,
  { passphraseFile }: Reach,
): Promise<Result<{ recoveryCode?: string; next: string }>> {
  const { s, whose, secrets } = deps;
  const passphrase = await secrets.read('Passphrase', passphraseFile, 'passphrase-file');
  if (!passphrase.ok) return passphrase;
  const vault = await openVault(s, whose, { passphrase: passphrase.value });
  if (!vault.ok) return vault;
  let recoveryCode = '';
  const written = (code: string) => {
    recoveryCode = code;
    return isWritten(deps, code);
  };
  const renewed = await vault.value.renewRecoveryCode(passphrase.value, written);
  vault.value.close();
  return renewed.ok ? ok({ ...(!secrets.isAsked && { recoveryCode }), next: RENEWED }) : renewed;
}

export function listWays(deps: DeviceDeps, _: unknown, input: Reach) {
  return withVault(deps, input, async (vault) => ok({ rows: vault.ways() }));
}

export function removeWay(
  deps: DeviceDeps,
  _: unknown,
  input: Reach & { readonly name: string },
): Promise<Result<{ name: string }>> {
  return withVault(deps, input, async (vault) => {
    const removed = await vault.removeWay(input.name);
    return removed.ok ? ok({ name: input.name }) : removed;
  });
}

export function forgetSealed({ s }: DeviceDeps, _: unknown, { handle }: { readonly handle: string }) {
  return forgetHandle(s, handle);
}

export function showSealing(deps: DeviceDeps, _: unknown, input: Reach) {
  return withVault(deps, input, async (vault) => ok({ categories: vault.categories(), ways: vault.ways() }));
}

type Moving = Reach & { readonly category: Category };
type Moved = Promise<Result<{ category: Category; moved: number }>>;

export function keepSealed(deps: DeviceDeps, _: unknown, input: Moving): Moved {
  return move(deps, input, (vault, on) => vault.sealCategory(input.category, on));
}

export function keepServed(deps: DeviceDeps, _: unknown, input: Moving): Moved {
  return move(deps, input, (vault, on) => vault.serveCategory(input.category, on));
}

async function move(
  deps: DeviceDeps,
  input: Moving,
  work: (vault: Vault, on: (so: Progress) => void) => Promise<Result<{ moved: number }>>,
): Moved {
  const moved = await withVault(deps, input, (vault) =>
    work(vault, ({ done, total }) => deps.tell(`${done} of ${total}`)),
  );
  deps.tell('');
  return moved.ok ? ok({ category: input.category, ...moved.value }) : moved;
}

type ListInput = Reach & Wanted;

export function listSealed(deps: DeviceDeps, _: unknown, { passphraseFile, ...wanted }: ListInput) {
  return withVault(deps, { passphraseFile }, async (vault) => {
    const { rows, ...rest } = vault.list(wanted);
    const items = await vault.getMany(rows.map((row) => row.id));
    return items.ok ? ok({ rows: items.value, ...rest }) : items;
  });
}

export function showSealed(deps: DeviceDeps, _: unknown, input: Reach & { readonly id: string }) {
  return withVault(deps, input, async (vault) => {
    const item = await vault.get(input.id);
    if (!item.ok) return item;
    const versions = await vault.history(input.id);
    return versions.ok ? ok({ ...item.value, versions: versions.value }) : versions;
  });
}

type PutInput = Reach & Put;

export function putSealed(
  deps: DeviceDeps,
  _: unknown,
  { passphraseFile, ...input }: PutInput,
): Promise<Result<VaultItem>> {
  return withVault(deps, { passphraseFile }, (vault) => vault.put(input));
}

type Many = Reach & { readonly ids: readonly string[] };

export function removeSealed(deps: DeviceDeps, _: unknown, input: Many): Promise<Result<Told>> {
  return withVault(deps, input, (vault) => vault.trash(input.ids));
}

export function eraseSealed(deps: DeviceDeps, _: unknown, input: Many): Promise<Result<Told>> {
  return withVault(deps, input, (vault) => vault.erase(input.ids));
}

export function restoreSealed(deps: DeviceDeps, _: unknown, input: Many): Promise<Result<Told>> {
  return withVault(deps, input, (vault) => vault.restore(input.ids));
}
