import { makeWay, wayKeyOf } from '../../../device/ways.ts';
import { systemRandom } from '../../../src/kernel/random.ts';
import { all, bendOctets, drop, passphraseWay, put, swap } from './bending.ts';
import { look, stored } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import { KEPT_KEY, TOLD, type World } from './world.ts';

const GROUP = 'swapped keys';
const KEY = 'key/contact/2';
const KEPT = `way/passkey/${KEPT_KEY}`;

const at = (...parts: Parameters<typeof stored> extends [string, ...infer Rest] ? Rest : never): OwnAttack =>
  stored(GROUP, ...parts);

/** Where the parts of a way stand: the number of the root, its secret, the key that is used once, the box. */
const [SECRET, ONCE, BOX] = [4, 64, 96];
const part = (octets: Uint8Array, from: number, to: number, by: Uint8Array): Uint8Array => {
  const bent = octets.slice();
  bent.set(by.subarray(from, to), from);
  return bent;
};

/** By the passkey, which is the same one at another home. */
async function byPasskey(world: World, bend: Parameters<World['set']>[0]): Promise<Outcome> {
  await world.set(bend);
  return look(world, world.known(), { passkey: KEPT_KEY, told: TOLD });
}

export const keys: readonly OwnAttack[] = [
  at(
    ['the key of another category', 'puts the key of notes in the place of that of contacts'],
    'vault-broken',
    put(KEY, 'now', 'key/note/2'),
  ),
  at(
    ['two categories’ keys exchanged', 'exchanges the keys of two categories'],
    'vault-broken',
    swap(KEY, 'key/note/2'),
  ),
  at(
    [
      'the key of another epoch',
      'puts the key from before a passkey was taken away in the place of the one since',
    ],
    'vault-broken',
    put(KEY, 'now', 'key/contact/1'),
  ),
  at(
    [
      'an empty category under the key of before',
      'does so where nothing is listed, so that what is written next opens by it',
    ],
    'vault-broken',
    put('key/preference/2', 'now', 'key/preference/1'),
  ),
  at(
    [
      'an empty category under another one’s keys',
      'gives a category in which nothing is yet the keys of another, of both epochs',
    ],
    'vault-broken',
    all(put('key/preference/2', 'now', 'key/contact/2'), put('key/preference/1', 'now', 'key/contact/1')),
  ),
  at(
    [
      'the key under the root of before',
      'puts back the octets of a key as they were before the root changed',
    ],
    'vault-broken',
    put('key/contact/1', 'first'),
  ),
  at(
    ['the key of another home', 'puts the key of the same category of somebody else'],
    'vault-broken',
    put('key/preference/2', 'other', 'key/contact/1'),
  ),
  at(
    ['a key of its own', 'puts random octets of the right length and number'],
    'vault-broken',
    bendOctets('key/preference/2', (octets) => part(octets, 4, 64, systemRandom.bytes(64))),
  ),
  at(['the key in force dropped', 'leaves out the key under which is written'], 'vault-broken', drop(KEY)),
  at(
    ['the key of the epoch before dropped', 'leaves out the key under which older items are'],
    'vault-broken',
    drop('key/contact/1'),
  ),
  at(
    ['the way of another way', 'puts the way of the recovery code in the place of that of the passphrase'],
    'way-shut',
    (world) => put(passphraseWay(world), 'now', 'way/recovery')(world),
  ),
  at(['the root before', 'puts the way as it was when it led to the root before'], 'vault-broken', (world) =>
    put(passphraseWay(world), 'first')(world),
  ),
  at(
    ['the root before under the new number', 'does so, and writes the number of the new root on it'],
    'way-shut',
    (world) => (copy) => {
      put(passphraseWay(world), 'first')(world)(copy);
      bendOctets(passphraseWay(world), (octets) => part(octets, 0, SECRET, new Uint8Array([0, 0, 0, 2])))(
        world,
      )(copy);
    },
  ),
  at(
    ['the box of before', 'keeps the secret of the way, and puts the sealed root of before beside it'],
    'way-shut',
    (world) =>
      bendOctets(passphraseWay(world), (octets) =>
        part(octets, ONCE, octets.length, world.first.copy.objects.get(passphraseWay(world)) ?? octets),
      )(world),
  ),
  at(
    [
      'another recipient',
      'seals a root of its own to the way, as well as somebody can who does not know its key',
    ],
    'way-shut',
    (world) =>
      bendOctets(passphraseWay(world), (octets) =>
        part(octets, ONCE, octets.length, systemRandom.bytes(octets.length)),
      )(world),
  ),
  ...[0, 1].map((first) =>
    at(
      [`a key of small order (${first})`, 'puts a point with which everybody agrees on the same secret'],
      'way-shut',
      (world) =>
        bendOctets(passphraseWay(world), (octets) =>
          part(octets, ONCE, BOX, new Uint8Array(octets.length).fill(first, ONCE, ONCE + 1)),
        )(world),
    ),
  ),
  at(['the number of the root raised', 'writes a higher number on the way'], 'way-shut', (world) =>
    bendOctets(passphraseWay(world), (octets) => part(octets, 0, SECRET, new Uint8Array([0, 0, 0, 3])))(
      world,
    ),
  ),
  {
    group: GROUP,
    name: 'the way of another home',
    does: 'puts the way by which the same passkey opens another home of the same person',
    expects: 'way-shut',
    attempt: (world) => byPasskey(world, put(KEPT, 'other')(world)),
  },
  {
    group: GROUP,
    name: 'a way of its own under a known name',
    does: 'makes a way for a passkey of its own, and puts it in the place of the one that its owner has',
    expects: 'way-shut',
    async attempt(world) {
      const own = await wayKeyOf(systemRandom.bytes(32));
      const root = { number: 2, key: new Uint8Array(systemRandom.bytes(32)) };
      const { octets } = await makeWay(world.whose.home, KEPT, own, root, (n) => systemRandom.bytes(n));
      return byPasskey(world, (copy) => void copy.objects.set(KEPT, octets));
    },
  },
];
