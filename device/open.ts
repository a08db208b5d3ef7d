import { type Failure, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { rememberCode } from './codes.ts';
import { noVault, vaultBroken, vaultGone, wayShut, wayUnknown } from './failures.ts';
import { splitPassphrase, USUAL_COST } from './halves.ts';
import { costsToTry, rememberPassphrase } from './known.ts';
import { showChecked } from './load.ts';
import { NEXT_RECOVERY, PASSPHRASE, passkeyWay, passphraseWay, RECOVERY } from './names.ts';
import type { Shown } from './node.ts';
import { fromBase64url } from './octets.ts';
import { howHere, isSplit, readRecoveryCode } from './passphrase.ts';
import { type Entry, openState, type Session } from './session.ts';
import type { Surroundings, Whose } from './surroundings.ts';
import { openWay, wayKeyOf } from './ways.ts';

/** What opens a vault: `told` is what only this passkey can tell. */
export type By =
  | { readonly passphrase: string }
  | { readonly passkey: string; readonly told: Uint8Array }
  | { readonly recoveryCode: string };

/**
 * Opens the vault as the node keeps it, held against what this device remembers. Fails with `vault-none`, `vault-gone`,
 * `vault-rolled-back`, `vault-forked`, `shown-after-none`, `vault-broken`, `category-downgraded`, `passphrase-asked`, `way-unknown`, `way-shut`.
 */
export async function openSession(s: Surroundings, whose: Whose, by: By): Promise<Result<Session>> {
  const shown = await showChecked(s, whose);
  if (isFailure(shown)) return shown;
  if (!shown.value.vault) return (await isSplit(s, whose.handle)) ? vaultGone() : noVault();
  const entry = await entryBy(s, whose, shown.value, by);
  if (isFailure(entry)) return entry;
  const state = await openState(s, whose, entry, shown.value);
  if (isFailure(state)) return state;
  return ok({ s, whose, entry, state: state.value, queue: Promise.resolve() });
}

async function entryBy(s: Surroundings, whose: Whose, shown: Shown, by: By): Promise<Entry | Failure> {
  if ('passphrase' in by) return byPassphrase(s, whose, shown, by.passphrase);
  if ('passkey' in by) {
    return { name: passkeyWay(by.passkey), wayKey: await wayKeyOf(by.told), by: 'passkey' };
  }
  return byCode(s, whose, shown, by.recoveryCode);
}

/** Where a renewal was interrupted there are two codes on paper, and both open the vault. */
async function byCode(
  s: Surroundings,
  { home }: Whose,
  { ways }: Shown,
  text: string,
): Promise<Entry | Failure> {
  const code = await readRecoveryCode(text);
  for (const name of code ? [RECOVERY, NEXT_RECOVERY] : []) {
    const way = ways.find((it) => it.name === name);
    if (!way || !code || !(await openWay(home, name, code.wayKey, way.octets))) continue;
    await rememberCode(s, code.wayKey);
    return { name, wayKey: code.wayKey, by: 'recovery code' };
  }
  return wayShut('recovery code');
}

/** Each takes its time to try, and devices leave one, or two; a few more where several were stopped half way. */
const PASSPHRASES = 8;

/** There are two ways for a moment while the passphrase changes: the one of the salt in force is tried first. */
async function byPassphrase(
  s: Surroundings,
  { home }: Whose,
  { ways, passphrase: asked }: Shown,
  passphrase: string,
): Promise<Entry | Failure> {
  const here = howHere(asked);
  if (isFailure(here)) return here;
  const how = here.value;
  const own = ways.filter((it) => it.name.startsWith(PASSPHRASE));
  if (own.length === 0) return wayUnknown('passphrase');
  if (own.length > PASSPHRASES) return vaultBroken('the ways to open it are others');
  const inForce = passphraseWay(how.salt);
  for (const { name, octets } of own.toSorted(
    (a, b) => Number(b.name === inForce) - Number(a.name === inForce),
  )) {
    const salt = fromBase64url(name.slice(PASSPHRASE.length));
    if (!salt) continue;
    const stated = name === inForce ? how.cost : USUAL_COST;
    for (const cost of await costsToTry(s, salt, stated)) {
      const { wayKey } = await splitPassphrase(s, passphrase, { salt, cost });
      if (!(await openWay(home, name, wayKey, octets))) continue;
      await rememberPassphrase(s, { salt, cost, wayKey });
      return { name, wayKey, by: 'passphrase' };
    }
  }
  return wayShut('passphrase');
}
