import { z } from 'zod';
import { toBase64url } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, type Failure, fail, ok, type Result } from '../kernel/result.ts';
import {
  endBrowserSessions,
  getSecrets,
  keepForDevices,
  openSecret,
  passphrase,
  readHalves,
  wrapForDevices,
} from '../parties/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { Counted, put, type SealedTables, statement } from './model.ts';
import { getVault, octetsOf, putAndRemove, wayMissing } from './store.ts';

export const BeginVault = z.object({
  passphrase: z.string().max(LIMITS.passphraseMaxChars).describe('The passphrase until now.'),
  newPassphrase: passphrase.describe('What the device made of a new passphrase, which the node never sees.'),
  recovery: z.string().max(100).describe('What the device made of a new recovery code.'),
  statement,
  put: put.describe('The ways to open the vault: by the new passphrase, by the new recovery code.'),
});
type Input = z.output<typeof BeginVault>;
export const VaultBegun = Counted;

/**
 * Begins what only devices of mine open. From now on my passphrase and my recovery code stay on them, for good; shares for
 * recovering that this node has made are void, and every other browser is signed out. Fails with `vault-exists`,
 * `way-missing`, and as `readHalves`, `openSecret` and `keepForDevices` do.
 */
export async function beginVault(
  deps: BaseDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof Counted>>> {
  const { home } = actor;
  const { vault, before } = await deps.storage.read(async (view) => ({
    vault: await getVault(view, home),
    before: await getSecrets(view, home),
  }));
  assert(before, 'an acting party has secrets');
  if (vault) return vaultExists();
  const halves = readHalves(input.newPassphrase, input.recovery);
  if (!halves.ok) return halves;
  if (!hasWays(input, halves.value.passphrase.salt)) return wayMissing();
  const secret = await openSecret(deps, actor, input.passphrase);
  if (!secret.ok) return secret;
  const wrapped = wrapForDevices(deps, home, secret.value, halves.value);
  const begun = await deps.storage.transact(home, async (tx) => {
    if (await getVault(tx, home)) return vaultExists();
    const changed = await keepForDevices(tx, deps, before, wrapped);
    if (changed) return changed;
    await tables<{ recovery_shares: { home_id: string } }>(tx)
      .deleteFrom('recovery_shares')
      .where('home_id', '=', home)
      .execute();
    return begin(tx, deps, input);
  });
  if (!begun.ok) return begun;
  await endBrowserSessions(deps, home, actor.session);
  return begun;
}

async function begin(tx: Tx, deps: BaseDeps, input: Input): Promise<Result<z.output<typeof Counted>>> {
  const more = await putAndRemove(tx, deps, input.put, []);
  await tables<SealedTables>(tx)
    .insertInto('sealed_vaults')
    .values({
      ...{ home_id: tx.home, counter: 1, statement: octetsOf(input.statement) },
      ...{ made_at: deps.clock.now(), ...more },
    })
    .execute();
  return ok({ counter: 1 });
}

/** Without both, a vault would be lost with one device. */
function hasWays({ put }: Input, salt: Uint8Array): boolean {
  const names = new Set(put.map((it) => it.name));
  return names.has(`way/passphrase/${toBase64url(salt)}`) && names.has('way/recovery');
}

function vaultExists(): Failure {
  return fail(
    'vault-exists',
    'You have sealed something before; it opens with the passphrase that you chose then.',
    'Look at My data again.',
  );
}
