import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vault } from '../../../device/index.ts';
import type { Whose } from '../../../device/surroundings.ts';
import { PASSPHRASE } from '../../harness/node.ts';
import { done, OWN } from '../../sealed/device.ts';
import { type Copy, copyOf, putBack } from '../../sealed/store.ts';
import { type Device, type Door, honest, lying } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import { commandLine, takingAll } from './socket.ts';
import { quiet, type World } from './world.ts';

const GROUP = 'files';
const MIB = 1024 * 1024;
const LENGTH = MIB + 9;
const FIRST = new Uint8Array(LENGTH).fill(1);
const SECOND = new Uint8Array(LENGTH).fill(2);

/** Somebody with two files of one length that only devices open, and what the node kept of an earlier one of the same name. */
interface Shelf {
  readonly whose: Whose;
  readonly device: Device;
  readonly first: string;
  readonly second: string;
  /** All that the node had before the second one came. */
  readonly before: Copy;
  readonly now: Copy;
  /** Parts of a file that had the name of the first, and was erased. */
  readonly erased: readonly Uint8Array[];
}

const shelves = new WeakMap<World, Promise<Shelf>>();

function shelfOf(world: World): Promise<Shelf> {
  const known = shelves.get(world) ?? makeShelf(world);
  shelves.set(world, known);
  return known;
}

async function makeShelf(world: World): Promise<Shelf> {
  const whose = { home: await world.node.party('vera'), handle: 'vera' };
  const device = world.fresh(whose);
  const begun = { ...whose, passphrase: PASSPHRASE, newPassphrase: OWN };
  const { vault } = await done(world.client.beginVault(device, begun));
  await done(vault.sealCategory('file'));
  const old = await add(vault, quiet('will.pdf'), new Uint8Array(LENGTH).fill(3));
  const erased: Uint8Array[] = [];
  for (const number of [1, 2]) erased.push(await had(device.take('read-file-part', { id: old, number })));
  await done(vault.trash([old]));
  await done(vault.files.erase([old]));
  const first = await add(vault, quiet('will.pdf'), FIRST);
  const before = await copyOf(world.node, whose.home);
  const second = await add(vault, quiet('letter.pdf'), SECOND);
  return { whose, device, first, second, before, now: await copyOf(world.node, whose.home), erased };
}

async function add(vault: Vault, name: string, all: Uint8Array): Promise<string> {
  const { id, missing } = await had(vault.files.begin({ name, octets: all.length, mark: name }));
  for (const number of missing) {
    await had(vault.files.putPart(id, number, all.subarray((number - 1) * MIB, number * MIB)));
  }
  await had(vault.files.finish(id));
  return id;
}

interface Lie {
  readonly door?: (shelf: Shelf) => Door;
  /** What comes in the place of a part; undefined where it comes as it is. */
  readonly part?: (
    shelf: Shelf,
    number: number,
    take: (id: string, number: number) => Promise<Uint8Array>,
  ) => Promise<Uint8Array> | undefined;
  /** What the device then does; else it reads the first file from end to end. */
  readonly work?: (vault: Vault, shelf: Shelf) => Promise<Outcome>;
}

function file(name: string, does: string, expects: string, { door, part, work = readFirst }: Lie): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        const shelf = await shelfOf(world);
        const device = world.fresh(shelf.whose);
        const { take } = device;
        const plain = (id: string, number: number) => had(take('read-file-part', { id, number }));
        device.take = async (operation, input) => {
          const { number = 0 } = input as { number?: number }; // the device asks for a part
          const bent = part?.(shelf, number, plain);
          return bent ? { ok: true, value: await bent } : take(operation, input);
        };
        const vault = await had(device.open());
        device.door = door?.(shelf) ?? honest;
        return work(vault, shelf);
      }),
  };
}

async function readFirst(vault: Vault, { first }: Shelf): Promise<Outcome> {
  for (const number of [1, 2]) {
    const octets = await had(vault.files.readPart(first, number));
    if (octets.some((octet) => octet !== 1)) return { achieved: 'it shows another file' };
  }
  return harmless;
}

export const fileAttacks: readonly OwnAttack[] = [
  file('two parts exchanged', 'shows a part of a file in the place of another', 'vault-broken', {
    part: ({ first }, number, take) => take(first, number === 1 ? 2 : 1),
  }),
  file('a part of another file', 'shows a part of a file of the same length', 'vault-broken', {
    part: ({ second }, number, take) => take(second, number),
  }),
  file('a part cut', 'leaves out the end of a part', 'vault-broken', {
    part: ({ first }, number, take) => take(first, number).then((it) => it.subarray(0, it.length - 1)),
  }),
  file('a part that is nothing', 'shows no octets', 'vault-broken', { part: async () => new Uint8Array(0) }),
  file('a part changed', 'turns one bit', 'vault-broken', {
    part: ({ first }, number, take) =>
      take(first, number).then((it) => it.map((octet, at) => (at === 40 ? octet ^ 1 : octet))),
  }),
  file('an earlier file of that name', 'shows the parts of a file that was erased', 'vault-broken', {
    part: async ({ erased }, number) => erased[number - 1] ?? new Uint8Array(0),
  }),
  {
    ...{ group: GROUP, name: 'the files of before', expects: 'vault-rolled-back' },
    does: 'shows the vault as it was before a file came',
    attempt: (world) =>
      outcomeOf(async () => {
        const { whose, device, before, now } = await shelfOf(world);
        try {
          await putBack(world.node, whose.home, before);
          await had(device.open());
          return { achieved: 'it takes what is old' };
        } finally {
          await putBack(world.node, whose.home, now);
        }
      }),
  },
  file('a file said not to be whole', 'says that parts of it are still to come', 'harmless', {
    door: ({ first }) => lying<{ ids: string[] }>('list-files', (answer) => ({ ...answer, ids: [first] })),
    async work(vault, { first }) {
      const { rows } = await had(vault.files.list({ limit: 10 }));
      return rows.some((it) => it.id === first) ? harmless : { achieved: 'a file is shown nowhere' };
    },
  }),
  file(
    'no files, so that they are served',
    'lets files be given back, as if there were none',
    'files-present',
    {
      door: () => (call) => async (operation, input) =>
        operation === 'serve-category' || operation === 'serve-items' ? taken(input) : call(operation, input),
      async work(vault) {
        await had(vault.serveCategory('file'));
        return { achieved: 'the keys of files go to the node' };
      },
    },
  ),
  {
    ...{ group: GROUP, name: 'a file of its own, as they are sealed', expects: 'node-odd' },
    does: 'has the item of a file to move as files are sealed, with a key that it knows',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.fresh({ home: await world.node.party('vic'), handle: 'vic' });
        const begun = { ...device.whose, passphrase: PASSPHRASE, newPassphrase: OWN };
        const { vault } = await done(world.client.beginVault(device, begun));
        device.door = planting();
        await had(vault.sealCategory('file'));
        return { achieved: 'it seals what the node has made up' };
      }),
  },
  openly(
    'a file, as if files were served',
    'takes a file in the clear, of somebody whose device remembers that files are sealed',
    [
      ['put-file', '--file'],
      ['begin-file', '--octets', '5', '--name', quiet('will.pdf')],
      ['put-file-part', '--id', 'abc', '--number', '1', '--file'],
    ],
  ),
  openly(
    'names of files, as if they were served',
    'is told a new name, or words that are looked for in names',
    [
      ['rename-file', '--id', 'abc', '--name', quiet('will.pdf')],
      ['list-files', '--search', quiet('will')],
    ],
  ),
  file('parts that there are not', 'asks for more parts than a file has', 'node-odd', {
    door: () => lying<object>('show-file', (answer) => ({ ...answer, missing: [0, 3, 99] })),
    work: (vault) => began(vault, 'one'),
  }),
  file('a new file under the id of another', 'gives a file that is there a second time', 'node-odd', {
    door: ({ first }) => lying<object>('begin-file', (answer) => ({ ...answer, id: first })),
    work: (vault) => began(vault, 'another'),
  }),
];

/** As if it had done what was asked. */
const taken = (input: object) => ({
  ok: true as const,
  value: { counter: Number('expects' in input ? input.expects : 0) + 1 },
});

const KNOWN_KEY = 'A'.repeat(43);

/** Has an item of a file, of which it knows the key, to be moved. */
function planting(): Door {
  const value = JSON.stringify({ octets: LENGTH, mark: 'page 1 will.pdf', key: KNOWN_KEY });
  const content = { property: 'parley:file-begun', label: quiet('will.pdf'), value, tags: [] };
  const item = { id: 'planted', createdAt: 1, versions: [{ version: 1, how: 'put', at: 1, content }] };
  const more = lying<{ categories: { served: number }[] }>('show-vault', (answer) => {
    for (const it of answer.categories) it.served = 1;
    return answer;
  });
  let isMoved = false;
  return (call) => async (operation, input) => {
    if (operation === 'list-items') return { ok: true, value: { ids: isMoved ? [] : [item.id] } };
    if (operation === 'read-whole-items') return { ok: true, value: { items: [item] } };
    if (!('replaces' in input)) return more(call)(operation, input);
    isMoved = true;
    return call(operation, { ...input, replaces: [] });
  };
}

/** Commands before a node that takes everything: each has to be refused, and nothing but who acts to be asked. */
function openly(name: string, does: string, commands: readonly (readonly string[])[]): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects: 'category-sealed' },
    async attempt(world) {
      const { whose, device } = await shelfOf(world);
      const folder = mkdtempSync(join(tmpdir(), 'parley-own-file-'));
      const path = join(folder, `${quiet('will')}.pdf`);
      writeFileSync(path, quiet('to my niece'));
      const acting = { acting: { id: whose.home, handle: whose.handle } };
      const line = await commandLine(world, device, takingAll({ 'who-am-i': acting }));
      try {
        for (const words of commands) {
          const told = await line.run(...words, ...(words.at(-1) === '--file' ? [path] : []));
          if (told !== 'category-sealed') return { achieved: `${words[0]} ends with ${told}` };
        }
        const told = line.asked.filter((it) => it !== 'who-am-i');
        return told.length === 0 ? { told: 'category-sealed' } : { achieved: `it was asked ${told.join()}` };
      } finally {
        await line.close();
        rmSync(folder, { recursive: true });
      }
    },
  };
}

async function began(vault: Vault, mark: string): Promise<Outcome> {
  const file = { name: quiet('new.pdf'), octets: LENGTH, mark };
  await had(vault.files.begin(file));
  return { achieved: 'it goes on' };
}
