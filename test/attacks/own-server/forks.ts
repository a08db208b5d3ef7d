import type { Vault } from '../../../device/index.ts';
import { fail } from '../../../src/kernel/result.ts';
import type { Copy } from '../../sealed/store.ts';
import { vaultRow, whole } from './bending.ts';
import { type Device, honest, showing } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { OwnAttack } from './model.ts';
import { EMAIL, NOTE, quiet, type World } from './world.ts';

const GROUP = 'two truths';

interface Two {
  readonly world: World;
  /** Each has written, and has seen nothing of the other's. */
  readonly one: { readonly device: Device; readonly vault: Vault; readonly copy: Copy };
  readonly two: { readonly device: Device; readonly vault: Vault; readonly copy: Copy };
  show(copy: Copy): Promise<void>;
}

/** Two devices of one person are shown the same, write, and are kept apart; then something is shown to one of them. */
function apart(
  [name, does]: readonly [string, string],
  expects: string,
  more: readonly [number, number],
  then: (two: Two) => Promise<unknown>,
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        const sides = [];
        for (const [at, times] of more.entries()) {
          await world.set();
          const device = world.known();
          const vault = await had(device.open());
          for (let count = 0; count < times; count++) {
            await had(vault.put({ property: NOTE, value: quiet(`on device ${at}, ${count}`) }));
          }
          sides.push({ device, vault, copy: await world.copy() });
        }
        const [one, two] = sides;
        if (!one || !two) throw new Error('broken assumption: there are two');
        await then({ world, one, two, show: (copy) => world.set((it) => void Object.assign(it, copy)) });
        return harmless;
      }),
  };
}

export const forks: readonly OwnAttack[] = [
  apart(
    ['two devices kept apart', 'shows one device what the other wrote, in the place of its own'],
    'vault-forked',
    [1, 1],
    async ({ one, two, show }) => {
      await show(two.copy);
      await had(one.vault.reload());
    },
  ),
  apart(
    [
      'kept apart, and the other goes on',
      'lets the other write more, then shows that, as if the first had never written',
    ],
    'vault-forked',
    [1, 3],
    async ({ one, two, show }) => {
      await show(two.copy);
      await had(one.vault.reload());
    },
  ),
  apart(
    ['kept apart, and opened anew', 'shows it to the first device when it opens the vault again'],
    'vault-forked',
    [2, 9],
    async ({ one, two, show }) => {
      await show(two.copy);
      await had(one.device.open());
    },
  ),
  apart(
    ['kept apart, and written to', 'lets the first write onto what the other has'],
    'vault-forked',
    [1, 3],
    async ({ one, two, show }) => {
      await show(two.copy);
      await had(one.vault.put({ property: EMAIL, value: 'quiet5@example.org' }));
    },
  ),
  apart(
    ['kept apart, and back together', 'shows the second device what the first has, which is less'],
    'vault-rolled-back',
    [1, 3],
    async ({ one, two, show }) => {
      await show(one.copy);
      await had(two.vault.reload());
    },
  ),
  apart(
    ['kept apart for a long time', 'lets the other write forty times'],
    'vault-forked',
    [1, 40],
    async ({ one, two, show }) => {
      await show(two.copy);
      await had(one.vault.reload());
    },
  ),
  apart(
    ['one device after the other, as it should be', 'keeps nobody apart: that is not told'],
    'harmless',
    [0, 3],
    async ({ one }) => {
      await had(one.vault.reload());
      await had(one.vault.put({ property: EMAIL, value: 'quiet5@example.org' }));
    },
  ),
  {
    group: GROUP,
    name: 'a write held back and brought out later',
    does: 'says that a write failed, takes another one, and later shows the first in its place',
    expects: 'vault-forked',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.known();
        const vault = await had(device.open());
        let kept: object | undefined;
        device.door = (call) => async (operation, input) => {
          if (operation !== 'write-sealed' || kept) return call(operation, input);
          kept = input;
          return fail('node-lost', 'It stopped.', 'Start it.');
        };
        await vault.put({ property: NOTE, value: quiet('held back') });
        device.door = honest;
        await had(vault.put({ property: NOTE, value: quiet('instead') }));
        await world.set();
        await device.call('write-sealed', kept ?? {});
        await had(vault.reload());
        return harmless;
      }),
  },
  {
    group: GROUP,
    name: 'two windows kept apart',
    does: 'takes a write of one window as if another one, which remembers with it, had never written',
    expects: 'vault-forked',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.known();
        const [one, two] = [await had(device.open()), await had(device.open())];
        await had(one.put({ property: NOTE, value: quiet('in one window') }));
        await world.set();
        await had(two.put({ property: NOTE, value: quiet('in the other') }));
        return harmless;
      }),
  },
  {
    group: GROUP,
    name: 'another end of the same beginning',
    does: 'shows a device what another one wrote after the same beginning, which is less',
    expects: 'vault-rolled-back',
    attempt: (world) =>
      outcomeOf(async () => {
        await world.set(whole('elsewhere')(world));
        await had(world.known().open());
        return harmless;
      }),
  },
  ...([0, -1, 1.5, Number.MAX_SAFE_INTEGER + 2, 1e300] as const).map(
    (counter): OwnAttack => ({
      group: GROUP,
      name: `counts to ${counter}`,
      does: 'answers a counter that is none, or that nobody reaches',
      expects: Number.isSafeInteger(counter) ? 'vault-rolled-back' : 'node-odd',
      attempt: (world) =>
        outcomeOf(async () => {
          const device = world.known();
          device.door = showing((it) => void (it.vault && Object.assign(it.vault, { counter })));
          await had(device.open());
          return harmless;
        }),
    }),
  ),
  {
    group: GROUP,
    name: 'counts two ways',
    does: 'answers another counter than the one it writes by',
    expects: 'vault-rolled-back',
    attempt: (world) =>
      outcomeOf(async () => {
        const vault = await had(world.known().open());
        await world.set(vaultRow('now', (now) => now - 1)(world));
        await had(vault.put({ property: NOTE, value: quiet('and since') }));
        return harmless;
      }),
  },
];
