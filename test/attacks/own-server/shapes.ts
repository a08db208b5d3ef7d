import { systemRandom } from '../../../src/kernel/random.ts';
import { bendOctets, bendStatement, flipped, item, type Name, passphraseWay, version } from './bending.ts';
import { look, short, stored } from './looking.ts';
import type { OwnAttack } from './model.ts';
import type { World } from './world.ts';

const GROUP = 'odd octets';

type Octets = Uint8Array;
type Change = readonly [what: string, change: (octets: Octets) => Octets];

const nothing = new Uint8Array(0);

/** What is done to the octets of each thing that the node keeps. */
const CHANGES: readonly Change[] = [
  ['nothing', () => nothing],
  ['one octet', (octets) => octets.slice(0, 1)],
  ['seven octets', (octets) => octets.slice(0, 7)],
  ['twenty octets', (octets) => octets.slice(0, 20)],
  ['all but one', (octets) => octets.slice(0, -1)],
  ['one more', (octets) => new Uint8Array([...octets, 0])],
  ['twice', (octets) => new Uint8Array([...octets, ...octets])],
  ['zeros', (octets) => new Uint8Array(octets.length)],
  ['random ones', (octets) => systemRandom.bytes(octets.length)],
  ['a great many', () => new Uint8Array(900_000).fill(0xff)],
  [
    'JSON in the clear',
    () => new TextEncoder().encode('{"property":"schema:email","value":"x@example.org","tags":[]}'),
  ],
];
const BITS: readonly Change[] = [4, 8, 30, 70, -20, -1].map((at) => [`the bit at ${at}`, flipped(at)]);

/** Each of them has to be told by the first code or, where a device has seen the statement itself, by the second. */
function each(
  [name, does]: readonly [string, string],
  expects: readonly string[],
  changes: readonly Change[],
  bend: (change: Change[1]) => (world: World) => Parameters<World['set']>[0],
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects: expects[0] ?? '' },
    async attempt(world) {
      for (const [what, change] of changes) {
        await world.set(bend(change)(world));
        const told = short(await look(world, world.known()));
        if (!expects.includes(told)) return { achieved: `${what}: ${told}` };
      }
      return { told: expects[0] ?? '' };
    },
  };
}

const objects: readonly (readonly [string, Name, string])[] = [
  ['a key', 'key/contact/2', 'vault-broken'],
  ['a list', 'block/contact/1', 'vault-broken'],
  ['an item', item(1), 'vault-broken'],
  ['an earlier version', version(1), 'vault-broken'],
  ['a way', passphraseWay, 'way-shut'],
];

/** The number of the root stands in front of the statement: a lower one is told as going back. */
const STATEMENT = ['vault-forked', 'vault-rolled-back'];

export const octets: readonly OwnAttack[] = [
  ...objects.flatMap(([what, name, expects]) => [
    each(
      [`${what} of other octets`, `cuts, lengthens, empties and makes up ${what}, in eleven ways`],
      [expects],
      CHANGES,
      (change) => bendOctets(name, change),
    ),
    each([`one bit of ${what}`, `flips one bit of ${what}, in six places`], [expects], BITS, (change) =>
      bendOctets(name, change),
    ),
  ]),
  each(
    [
      'a statement of other octets',
      'cuts, lengthens, empties and makes up what holds all together, in eleven ways',
    ],
    STATEMENT,
    CHANGES,
    bendStatement,
  ),
  each(['one bit of the statement', 'flips one bit of it, in six places'], STATEMENT, BITS, bendStatement),
  {
    group: GROUP,
    name: 'names that are none',
    does: 'keeps octets under names that nothing has: paths, blanks, members of every object, numbers with zeros',
    expects: 'harmless',
    async attempt(world) {
      for (const name of [
        'key/__proto__/1',
        'key/contact/01',
        'key/contact/0',
        'key/',
        'key/../contact/2',
        'key/contact/2/2',
        'key/constructor/1',
      ]) {
        await world.set((copy) => void copy.objects.set(name, copy.objects.get('key/contact/2') ?? nothing));
        const told = short(await look(world, world.known()));
        if (told !== 'harmless') return { achieved: `${name}: ${told}` };
      }
      return { harmless: true };
    },
  },
  stored(
    GROUP,
    ['a list under a name that is none', 'keeps a list under a number with zeros before it'],
    'vault-broken',
    () => (copy) => void copy.objects.set('block/contact/01', copy.objects.get('block/contact/1') ?? nothing),
  ),
  stored(
    GROUP,
    ['a way called by a member of every object', 'adds a way whose name every object has'],
    'vault-broken',
    () => (copy) => void copy.objects.set('way/__proto__', copy.objects.get('way/recovery') ?? nothing),
  ),
];
