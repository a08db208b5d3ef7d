import { drop, item, type Name, version } from './bending.ts';
import { had, harmless, look, outcomeOf, truthOf } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import type { World } from './world.ts';

const GROUP = 'dropped under an open vault';
type Names = readonly Name[];

/** The statement stays as it is, and rows that it vouches for go while a device has the vault open. */
function dropped(
  [name, does]: readonly [string, string],
  expects: string,
  names: Names,
  after: (world: World) => Promise<Outcome>,
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        const vault = await had(world.known().open());
        const listed = () => JSON.stringify([vault.list({ limit: 100 }), vault.categories(), vault.tags()]);
        const before = listed();
        await world.set(drop(...names)(world));
        await had(vault.reload());
        if (listed() !== before) return { achieved: 'it lists fewer, and says nothing' };
        if ((await truthOf(vault)) !== world.now.truth)
          return { achieved: 'it shows fewer, and says nothing' };
        return after(world);
      }),
  };
}

const opensAnew = (world: World): Promise<Outcome> => look(world, world.known());

export const droppings: readonly OwnAttack[] = [
  dropped(
    [
      'its lists',
      'loses the lists of a category: the device has them open, and whoever opens it anew is told',
    ],
    'vault-broken',
    ['block/contact/1'],
    opensAnew,
  ),
  dropped(
    ['its keys', 'loses the keys of a category: the device has them open, and whoever opens it anew is told'],
    'vault-broken',
    ['key/contact/1', 'key/contact/2'],
    opensAnew,
  ),
  dropped(['an item of it', 'loses an item that is listed'], 'vault-broken', [item(1)], async () => harmless),
  dropped(
    ['a version of it', 'loses what an item was before'],
    'vault-broken',
    [version(0)],
    async () => harmless,
  ),
];
