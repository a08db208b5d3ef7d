import type { Vault } from '../../../device/index.ts';
import { type Device, type Door, honest, lying } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import { HARMLESS, type OwnAttack } from './model.ts';
import { SIZE, type World } from './world.ts';

const GROUP = 'while moving';

interface Whole {
  id: string;
  createdAt: number;
  trashedAt?: number;
  versions: {
    version: number;
    how: string;
    at: number;
    content: { property: string; label: string; value: string; tags: string[] };
  }[];
}

/** An item as the node shows one that is to be sealed. */
function made(id: string, value: string, version = 1, property = SIZE): Whole {
  const content = { property, label: 'Hand', value, tags: [] };
  return { id, createdAt: 1, versions: [{ version, how: 'put', at: 1, content }] };
}

/** Says which items are there to be moved, and what they are. */
function claims(ids: () => readonly string[], items: (asked: readonly string[]) => readonly unknown[]): Door {
  return (call) => async (operation, input) => {
    if (operation === 'list-items') return { ok: true, value: { ids: ids() } };
    if (operation === 'read-whole-items') {
      const asked = 'ids' in input && Array.isArray(input.ids) ? input.ids.map(String) : [];
      return { ok: true, value: { items: items(asked) } };
    }
    // It takes what it is given, whatever it is said to replace.
    if (operation === 'write-sealed' && 'replaces' in input)
      return call(operation, { ...input, replaces: [] });
    return call(operation, input);
  };
}

type Work = (vault: Vault, device: Device, world: World) => Promise<unknown>;

function moving([name, does]: readonly [string, string], expects: string, work: Work): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.known();
        const vault = await had(device.open());
        const achieved = await work(vault, device, world);
        return typeof achieved === 'string' ? { achieved } : harmless;
      }),
  };
}

/** Through this door it is moved; what is shown since is what was there. */
const sealing = (door: () => Door, category: 'size' | 'contact' = 'size'): Work => {
  return async (vault, device, world) => {
    device.door = door();
    const moved = await vault.sealCategory(category);
    device.door = honest;
    // Whatever was told: what was sealed before is as it was.
    const items = await had(vault.getMany(world.ids));
    if (items[0]?.value !== 'quiet1.newer@example.org' || items.length !== 3)
      return 'what was sealed is another thing now';
    await had(moved);
  };
};

let count = 0;
const fresh = (): string => `made-up-${count++}`;

const oddVersions: readonly (readonly number[])[] = [[0], [-1], [4_294_967_297], [2, 1], [1, 1], []];

export const movings: readonly OwnAttack[] = [
  moving(
    [
      'an item that is sealed, once more',
      'says that an item of contacts is still in the clear, with what it was before',
    ],
    HARMLESS,
    (vault, device, world) =>
      sealing(
        () =>
          claims(
            () => [world.ids[0] ?? ''],
            ([id = '']) => [made(id, 'old@example.org', 1, 'schema:email')],
          ),
        'contact',
      )(vault, device, world),
  ),
  moving(
    [
      'an item of another category, under this one',
      'says that an item of contacts is one of sizes that is still in the clear',
    ],
    'node-odd',
    (vault, device, world) =>
      sealing(() =>
        claims(
          () => [world.ids[0] ?? ''],
          ([id = '']) => [made(id, '21 cm')],
        ),
      )(vault, device, world),
  ),
  moving(
    ['an item that was not asked for', 'answers an item that is sealed where another was asked for'],
    'node-odd',
    (vault, device, world) =>
      sealing(() =>
        claims(
          () => [fresh()],
          () => [made(world.ids[0] ?? '', '21 cm')],
        ),
      )(vault, device, world),
  ),
  moving(
    ['an item of another category', 'answers a contact where sizes are asked for'],
    'node-odd',
    sealing(() =>
      claims(
        () => ['one'],
        ([id = '']) => [made(id, 'x@example.org', 1, 'schema:email')],
      ),
    ),
  ),
  moving(
    ['items without end', 'says after each that there is another one to be moved'],
    'node-odd',
    sealing(() =>
      claims(
        () => [fresh()],
        (ids) => ids.map((id) => made(id, '21 cm')),
      ),
    ),
  ),
  moving(
    ['the same item without end', 'takes it each time, and says that it is still there'],
    'node-odd',
    sealing(() =>
      claims(
        () => ['again'],
        (ids) => ids.map((id) => made(id, '21 cm')),
      ),
    ),
  ),
  moving(
    ['items that are gone, without end', 'says that there is one, and when it is sealed that there is none'],
    'vault-busy',
    sealing(() => (call) => async (operation, input) => {
      const isMove = operation === 'write-sealed' && 'replaces' in input;
      if (isMove) return { ok: false, code: 'item-unknown', message: 'There is none.', next: 'Look again.' };
      return claims(
        () => ['again'],
        (ids) => ids.map((id) => made(id, '21 cm')),
      )(call)(operation, input);
    }),
  ),
  ...oddVersions.map((numbers) =>
    moving(
      [
        `versions ${numbers.join(' and ') || 'of nothing'}`,
        'answers versions that no item has, so that nobody could read it any more',
      ],
      'node-odd',
      sealing(() =>
        claims(
          () => ['odd'],
          ([id = '']) => [
            {
              ...made(id, '21 cm'),
              versions: numbers.flatMap((version) => made(id, '21 cm', version).versions),
            },
          ],
        ),
      ),
    ),
  ),
  moving(
    ['ids that are none', 'answers ids with the names of other things in them'],
    'node-odd',
    sealing(() =>
      claims(
        () => [`../item/x`],
        (ids) => ids.map((id) => made(id, '21 cm')),
      ),
    ),
  ),
  moving(
    ['a category that is given back, and is not', 'answers that notes are its own again, and does nothing'],
    'vault-rolled-back',
    async (vault, device) => {
      device.door = (call) => async (operation, input) =>
        'expects' in input
          ? { ok: true, value: { counter: Number(input.expects) + 1 } }
          : call(operation, input);
      await had(vault.serveCategory('preference'));
      device.door = honest;
      await had(vault.reload());
    },
  ),
  moving(
    [
      'more than is given back',
      'answers other items while notes are given back, so that they go out in the clear',
    ],
    'vault-broken',
    async (vault, device, world) => {
      device.door = lying<{ rows: { name: string; octets: string }[] }>('read-sealed', (answer) => ({
        rows: answer.rows.map((row) => ({
          ...row,
          octets: Buffer.from(world.now.copy.objects.get(`item/${world.ids[0]}`) ?? []).toString('base64url'),
        })),
      }));
      await had(vault.serveCategory('note'));
    },
  ),
];
