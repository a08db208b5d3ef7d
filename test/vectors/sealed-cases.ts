import {
  beginVault,
  type Remembered,
  readRecoveryCode,
  splitPassphrase,
  type Vault,
} from '../../device/index.ts';
import { toBase64url } from '../../src/kernel/bytes.ts';
import type { Random } from '../../src/kernel/random.ts';
import { must } from '../../src/kernel/result.ts';
import { PASSPHRASE_COST, passphraseKey } from '../../src/kernel/sealing.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { wrapWithPassphrase, wrapWithRecovery } from '../../src/parties/secrets.ts';
import { deviceBeside, NOTHING, type SealedStore } from './sealed-store.ts';

/** A passphrase, what argon2id tells of it, and the halves that are made of that. */
interface HalvesCase {
  readonly kind: 'passphrase';
  readonly name: string;
  readonly passphrase: string;
  readonly salt: string;
  readonly cost: SealedStore['passphrase']['cost'];
  readonly told: string;
  readonly forNode: string;
  readonly wayKey: string;
}

/** The party's secret as the node keeps it under what came in a passphrase's or a code's place: the columns of party_secrets. */
interface SecretCase {
  readonly kind: 'secret';
  readonly name: string;
  readonly home: string;
  readonly passphrase: string;
  readonly code: string;
  readonly wrapped: string;
  readonly cost: string;
  readonly recoveryWrapped: string;
  readonly secret: string;
}

/** What a device remembers of it; null for one that sees it for the first time. */
type Seen = Pick<Remembered, 'counter' | 'digest' | 'root' | 'mark'> | null;

/** A whole vault, what opens it, and what it shows. */
export interface VaultCase extends SealedStore {
  readonly kind: 'vault';
  readonly name: string;
  readonly home: string;
  readonly passphraseWay: { readonly name: string; readonly wayKey: string };
  readonly recoveryCode: string;
  readonly passkeyWay: { readonly name: string; readonly told: string };
  readonly shows: readonly { readonly id: string; readonly values: readonly string[] }[];
}

/** The vault before with something else in its place, and what has to be told of it: `ok`, or a code. */
export interface BentCase {
  readonly kind: 'bent';
  readonly name: string;
  readonly put: Readonly<Record<string, string>>;
  readonly drop: readonly string[];
  readonly counter: number;
  readonly statement: string | null;
  readonly modes: Readonly<Record<string, string>>;
  readonly seen: Seen;
  readonly verdict: string;
}

export const HOME = 'k1n5d0f8q2w7e4r6t9y3h5j8s2';
const AT = 1_800_000_000_000;
const OWN = 'a longer wálk by the river';
const KEPT = new Uint8Array(32).fill(11);

export async function sealedCases(): Promise<(HalvesCase | SecretCase | VaultCase | BentCase)[]> {
  const random = seededRandom('sealed vectors');
  const store = structuredClone(NOTHING);
  const kept = new Map<string, Remembered>();
  const device = deviceBeside(store, kept, random, AT);
  const whose = { home: HOME, handle: 'maya' };
  const begun = must(await beginVault(device, { ...whose, passphrase: 'known before', newPassphrase: OWN }));
  const { vault, recoveryCode } = begun;
  const ids = await fillVault(vault);
  const old = structuredClone(store);
  const seenOld = seenBy(kept);
  await changeVault(vault, ids);
  const salt = Buffer.from(store.passphrase.salt, 'base64url');
  const { cost } = store.passphrase;
  const halves = await splitPassphrase(device, OWN, { salt, cost });
  const [one = '', two = ''] = ids;
  const whole: VaultCase = {
    ...{ kind: 'vault', name: 'a vault as it is', home: HOME },
    passphraseWay: { name: `way/passphrase/${store.passphrase.salt}`, wayKey: toBase64url(halves.wayKey) },
    recoveryCode,
    passkeyWay: { name: 'way/passkey/kept', told: toBase64url(KEPT) },
    ...store,
    shows: await shownBy(vault),
  };
  return [
    {
      ...{
        kind: 'passphrase',
        name: 'a passphrase in two halves',
        passphrase: OWN,
        salt: store.passphrase.salt,
        cost,
      },
      told: toBase64url(await passphraseKey(OWN, salt, cost)),
      forNode: halves.forNode,
      wayKey: toBase64url(halves.wayKey),
    },
    await secretCase(halves.forNode, recoveryCode, random),
    whole,
    ...bentCases(whole, old, { now: seenBy(kept), old: seenOld }, [one, two]),
  ];
}

async function secretCase(passphrase: string, recoveryCode: string, random: Random): Promise<SecretCase> {
  const code = (await readRecoveryCode(recoveryCode))?.forNode ?? '';
  const secret = random.bytes(32);
  const { wrapped, cost } = await wrapWithPassphrase(secret, passphrase, HOME, {
    random,
    passphraseCost: PASSPHRASE_COST,
  });
  const key = Buffer.from(code.split('.')[1] ?? '', 'base64url');
  return {
    ...{ kind: 'secret', name: 'the secret of a party whose passphrase stays on its devices', home: HOME },
    ...{ passphrase, code, wrapped: toBase64url(wrapped), cost },
    recoveryWrapped: toBase64url(wrapWithRecovery(secret, key, HOME, random)),
    secret: toBase64url(secret),
  };
}

/** Two categories, a passkey that will be taken away, three items. */
async function fillVault(vault: Vault): Promise<string[]> {
  must(await vault.sealCategory('contact'));
  must(await vault.sealCategory('note'));
  must(await vault.addPasskey('lost', new Uint8Array(32).fill(7)));
  must(await vault.addPasskey('kept', KEPT));
  const mail = must(await vault.put({ property: 'schema:email', value: 'zoë@example.org', tags: ['mail'] }));
  const other = must(await vault.put({ property: 'schema:email', value: 'other@example.org' }));
  must(await vault.put({ property: 'vcard:note', value: 'Line one\nline two', note: 'ünder it' }));
  return [mail.id, other.id];
}

/** After the passkey is gone there are another root and other epochs; one item is changed, one lies in the trash. */
async function changeVault(vault: Vault, [one = '', two = '']: readonly string[]): Promise<void> {
  must(await vault.removeWay('way/passkey/lost'));
  must(await vault.put({ id: one, property: 'schema:email', value: 'newer@example.org' }));
  must(await vault.trash([two]));
}

async function shownBy(vault: Vault): Promise<VaultCase['shows']> {
  const heads = [false, true].flatMap((trashed) => vault.list({ limit: 100, trashed }).rows);
  const shows: { id: string; values: string[] }[] = [];
  for (const { id } of heads) {
    const history = must(await vault.history(id));
    shows.push({ id, values: history.map((it) => it.value) });
  }
  return shows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function seenBy(kept: ReadonlyMap<string, Remembered>): Exclude<Seen, null> {
  const { counter = 0, digest = '', root = 0, mark = '' } = kept.get(HOME) ?? {};
  return { counter, digest, root, mark };
}

type Both = Readonly<Record<'now' | 'old', Exclude<Seen, null>>>;

/** What was seen is not in the past of what is shown. */
function forkedCases(
  bent: (name: string, verdict: string, more: Partial<BentCase>, by: Seen) => BentCase,
  { now, old }: Both,
): BentCase[] {
  const forked = (name: string, by: Seen) => bent(name, 'vault-forked', {}, by);
  return [
    forked('another statement under the counter that was seen', { ...now, digest: old.digest }),
    forked('a statement that does not go on from the one that was seen', { ...old, digest: now.digest }),
    forked('another root of the same number as the one that was seen', { ...now, mark: old.mark }),
    forked('a root that does not come after the one that was seen', { ...old, mark: now.mark }),
  ];
}

function bentCases(
  whole: VaultCase,
  old: SealedStore,
  seen: Both,
  [one, two]: readonly [string, string],
): BentCase[] {
  const is = {
    counter: whole.counter,
    statement: whole.statement ?? null,
    modes: whole.modes,
    put: {},
    drop: [],
  };
  const bent = (name: string, verdict: string, more: Partial<BentCase>, by: Seen = null): BentCase => {
    return { kind: 'bent', name, ...is, ...more, seen: by, verdict };
  };
  const from = (store: SealedStore, ...names: readonly string[]) => ({
    put: Object.fromEntries(names.map((name) => [name, store.objects[name] ?? ''])),
  });
  const swap = (a: string, b: string) => ({
    put: { [a]: whole.objects[b] ?? '', [b]: whole.objects[a] ?? '' },
  });
  const broken = 'vault-broken';
  const before = { statement: old.statement ?? null, counter: old.counter };
  const [contact, note] = ['block/contact/1', 'block/note/1'];
  return [
    bent('to a device that has seen it', 'ok', {}, seen.now),
    bent('to a device that has seen what was before', 'ok', {}, seen.old),
    bent('no statement', 'vault-none', { statement: null }),
    bent('no statement, to a device that has seen one', 'vault-gone', { statement: null }, seen.now),
    bent('the statement of before, to a device that has seen more', 'vault-rolled-back', before, seen.now),
    ...forkedCases(bent, seen),
    bent('the statement of before', broken, before),
    bent('the statement under another counter', broken, { counter: whole.counter + 1 }),
    bent('a list dropped', broken, { drop: [contact] }),
    bent('a list as it was', broken, from(old, contact)),
    bent('lists swapped', broken, swap(contact, note)),
    bent('a list too many', broken, { put: { 'block/note/2': whole.objects[note] ?? '' } }),
    bent('an item dropped', broken, { drop: [`item/${one}`] }),
    bent('an item as it was', broken, from(old, `item/${one}`)),
    bent('items swapped', broken, swap(`item/${one}`, `item/${two}`)),
    bent('an earlier version dropped', broken, { drop: [`version/${one}/1`] }),
    bent('earlier versions swapped', broken, swap(`version/${one}/1`, `version/${two}/1`)),
    bent('a category key of the root before', broken, from(old, 'key/contact/1')),
    bent('a category key dropped', broken, { drop: ['key/contact/2'] }),
    bent('category keys swapped', broken, swap('key/contact/2', 'key/note/2')),
    bent('the way to the root before', broken, from(old, whole.passphraseWay.name)),
    bent('the way that was taken away is back', broken, from(old, 'way/passkey/lost')),
    bent('another way dropped', broken, { drop: ['way/recovery'] }),
    bent('the octets of another way', 'way-shut', {
      put: { [whole.passphraseWay.name]: whole.objects['way/recovery'] ?? '' },
    }),
    bent('a sealed category said to be served', 'category-downgraded', { modes: { note: 'sealed' } }),
    bent('a served category said to be sealed', broken, { modes: { ...whole.modes, size: 'sealed' } }),
  ];
}
