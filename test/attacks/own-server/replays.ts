import {
  all,
  bendOctets,
  drop,
  item,
  mode,
  nameIn,
  passphraseWay,
  put,
  swap,
  vaultRow,
  version,
  whole,
} from './bending.ts';
import { had, harmless, outcomeOf, stored } from './looking.ts';
import type { OwnAttack } from './model.ts';
import { KEPT_KEY, LOST_KEY, type World } from './world.ts';

const GROUP = 'old states';
const MIXED = 'mixed';
const LIST = 'block/contact/1';

type Rest = Parameters<typeof stored> extends [string, ...infer R] ? R : never;
const old = (...rest: Rest): OwnAttack => stored(GROUP, ...rest);
const mixed = (...rest: Rest): OwnAttack => stored(MIXED, ...rest);

/** Only whoever has seen more can know. */
function toKnown(
  name: string,
  does: string,
  expects: string,
  bend: (world: World) => Parameters<World['set']>[0],
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        await world.set(bend(world));
        await had(world.known().open());
        return harmless;
      }),
  };
}

export const replays: readonly OwnAttack[] = [
  toKnown('everything of before', 'shows the whole vault as it was', 'vault-rolled-back', whole('old')),
  toKnown(
    'everything of before a way was taken away',
    'does so from before a passkey was taken away',
    'vault-rolled-back',
    whole('first'),
  ),
  {
    group: GROUP,
    name: 'everything of before, to an open vault',
    does: 'shows it to a device on which the vault is open',
    expects: 'vault-rolled-back',
    attempt: (world) =>
      outcomeOf(async () => {
        const vault = await had(world.known().open());
        await world.set(whole('old')(world));
        await had(vault.reload());
        return harmless;
      }),
  },
  old(
    ['everything of before, counted on', 'shows it under a higher counter'],
    'vault-broken',
    whole('old', (now) => now + 1),
  ),
  old(
    ['everything of before, counted alike', 'shows it under the counter of now'],
    'vault-forked',
    whole('old', (now) => now),
    'vault-broken',
  ),
  old(
    ['the statement of before', 'shows what holds all together as it was'],
    'vault-rolled-back',
    vaultRow('old', (_, then) => then),
    'vault-broken',
  ),
  old(
    ['the statement of before, counted alike', 'does so under the counter of now'],
    'vault-forked',
    vaultRow('old', (now) => now),
    'vault-broken',
  ),
  old(
    ['the same statement, counted on', 'shows what is true under a higher counter'],
    'vault-broken',
    vaultRow('now', (now) => now + 1),
  ),
  old(
    ['the same statement, counted far on', 'does so under the highest one there is'],
    'vault-broken',
    vaultRow('now', () => Number.MAX_SAFE_INTEGER),
  ),
  old(
    ['the same statement, counted down', 'shows what is true under a lower counter'],
    'vault-rolled-back',
    vaultRow('now', (now) => now - 1),
    'vault-broken',
  ),
  old(['a list of before', 'shows the list of contacts as it was'], 'vault-broken', put(LIST, 'old')),
  old(['an item of before', 'shows an item as it was'], 'vault-broken', put(item(0), 'old')),
  old(
    ['an item and its list of before', 'shows both as they were'],
    'vault-broken',
    all(put(item(0), 'old'), put(LIST, 'old')),
  ),
  old(
    ['a category of before', 'shows all there is of contacts as it was, keys too'],
    'vault-broken',
    all(...[LIST, item(0), item(1), item(2), 'key/contact/1', 'key/contact/2'].map((it) => put(it, 'old'))),
  ),
  old(
    [
      'an item from another end',
      'shows an item as another device wrote it after the same beginning, under the same version',
    ],
    'vault-broken',
    put(item(0), 'elsewhere'),
  ),
  old(
    ['the ways of before', 'shows the ways as they were before one of them was taken away'],
    'vault-broken',
    (world) =>
      all(...[passphraseWay(world), 'way/recovery', `way/passkey/${KEPT_KEY}`].map((it) => put(it, 'first')))(
        world,
      ),
  ),
  old(['a way that was taken away, back again', 'puts it back'], 'vault-broken', (world) => (copy) => {
    const name = `way/passkey/${LOST_KEY}`;
    copy.objects.set(name, world.first.copy.objects.get(name) ?? new Uint8Array(0));
  }),
  old(
    ['what was erased, back again', 'puts back an item that was erased, with its versions'],
    'harmless',
    (world) => (copy) => {
      const name = `item/${world.erased}`;
      copy.objects.set(name, world.old.copy.objects.get(name) ?? new Uint8Array(0));
    },
  ),
  old(['what was erased, and its list', 'puts it back into the list too'], 'vault-broken', (world) =>
    all(put(`item/${world.erased}`, 'old'), put('block/note/1', 'old'))(world),
  ),
  old(
    ['a list of before the epoch', 'shows the list as it was under the key of before'],
    'vault-broken',
    put(LIST, 'first'),
  ),
  old(
    ['the epoch written back on a list', 'writes the number of the epoch before on the list of now'],
    'vault-broken',
    bendOctets(LIST, (octets) => octets.map((octet, at) => (at === 3 ? 1 : octet))),
  ),
  old(
    ['the epoch written back on an item', 'does so on an item'],
    'vault-broken',
    bendOctets(item(0), (octets) => octets.map((octet, at) => (at === 3 ? 1 : octet))),
  ),
  old(
    [
      'a category given up as of before',
      'drops the mode, the keys and the list of a category, as if it had never been sealed',
    ],
    'category-downgraded',
    all(mode('note', undefined), drop('key/note/1', 'key/note/2', 'block/note/1')),
  ),
];

export const mixtures: readonly OwnAttack[] = [
  mixed(['two items exchanged', 'exchanges two items of a category'], 'vault-broken', swap(item(1), item(2))),
  mixed(
    ['items of two categories exchanged', 'exchanges a contact and a note'],
    'vault-broken',
    swap(item(1), (world) => `item/${world.note}`),
  ),
  mixed(
    ['an item twice', 'shows one item in the place of another too'],
    'vault-broken',
    put(item(1), 'now', item(2)),
  ),
  mixed(['an item of another home', 'shows somebody else’s item'], 'vault-broken', (world) =>
    put(item(1), 'other', anItemOf(world))(world),
  ),
  mixed(['an item left out', 'loses an item'], 'vault-broken', drop(item(1))),
  mixed(
    ['a version as the item', 'shows an earlier version in the place of the item'],
    'vault-broken',
    put(item(0), 'now', version(0)),
  ),
  mixed(
    ['the item as its version', 'shows the item in the place of the version before'],
    'vault-broken',
    put(version(0), 'now', item(0)),
  ),
  mixed(
    ['versions of two items exchanged', 'exchanges earlier versions'],
    'vault-broken',
    swap(version(0), version(1)),
  ),
  mixed(['an earlier version left out', 'loses what was before'], 'vault-broken', drop(version(0))),
  mixed(['a version too many', 'adds a version that never was'], 'harmless', (world) => (copy) => {
    const octets = copy.objects.get(nameIn(world, version(0))) ?? new Uint8Array(0);
    copy.objects.set(nameIn(world, version(0, 7)), octets).set(`version/${world.note}/1`, octets);
  }),
  mixed(['a list left out', 'loses the list of contacts'], 'vault-broken', drop(LIST)),
  mixed(
    ['two lists exchanged', 'exchanges the lists of two categories'],
    'vault-broken',
    swap(LIST, 'block/note/1'),
  ),
  mixed(
    ['a list twice', 'shows a list a second time'],
    'vault-broken',
    (world) => (copy) =>
      void copy.objects.set('block/contact/2', copy.objects.get(nameIn(world, LIST)) ?? new Uint8Array(0)),
  ),
  mixed(['a list moved', 'shows a list under another number'], 'vault-broken', (world) => (copy) => {
    copy.objects.set('block/contact/2', copy.objects.get(nameIn(world, LIST)) ?? new Uint8Array(0));
    copy.objects.delete(LIST);
  }),
  mixed(
    ['a list where nothing is sealed', 'shows a list of contacts as one of sizes'],
    'vault-broken',
    () => (copy) => void copy.objects.set('block/size/1', copy.objects.get(LIST) ?? new Uint8Array(0)),
  ),
  mixed(
    ['a list of another home', 'shows somebody else’s list'],
    'vault-broken',
    put(LIST, 'other', 'block/contact/1'),
  ),
  mixed(
    ['the beginning of another list', 'puts the head of one list before the rest of another'],
    'vault-broken',
    (world) =>
      bendOctets(LIST, (octets) => {
        const bent = octets.slice();
        bent.set((world.old.copy.objects.get(LIST) ?? octets).subarray(0, 20), 0);
        return bent;
      })(world),
  ),
];

function anItemOf({ other }: World): string {
  return [...other.copy.objects.keys()].find((it) => it.startsWith('item/')) ?? '';
}
