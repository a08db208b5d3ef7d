import { fail } from '../../../src/kernel/result.ts';
import { PASSPHRASE } from '../../harness/node.ts';
import { OWN } from '../../sealed/device.ts';
import { type Device, type Door, honest, instead } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { OwnAttack } from './model.ts';
import type { World } from './world.ts';

const GROUP = 'beginning';
const NOT_HERE = { how: 'at-the-node' };
const LOST = fail('node-lost', 'It stopped.', 'Start it.');

interface Begun {
  readonly newPassphrase: string;
  readonly statement: string;
  readonly put: readonly { readonly name: string; readonly octets: string }[];
}

/** A node that only pretends: it keeps what it is given, or something else, and shows that. */
function pretends(
  alter: (begun: Begun) => Begun = (begun) => begun,
  answer: object = { ok: true, value: { counter: 1 } },
): Door {
  let kept: Begun | undefined;
  return (call) => async (operation, input) => {
    if (operation === 'begin-vault') {
      kept = alter(input as Begun); // it is asked so
      return answer as ReturnType<typeof fail>; // it is an answer
    }
    if (!kept || !['show-vault', 'read-sealed'].includes(operation)) return call(operation, input);
    if (operation === 'read-sealed') return { ok: true, value: { rows: [] } };
    const [, salt = '', memoryKiB, passes, lanes] = kept.newPassphrase.split('.');
    const cost = { memoryKiB: Number(memoryKiB), passes: Number(passes), lanes: Number(lanes) };
    const vault = { counter: 1, statement: kept.statement };
    return {
      ok: true,
      value: { vault, ways: kept.put, categories: [], passphrase: { how: 'here', salt, cost } },
    };
  };
}

interface Beginning {
  readonly device: Device;
  readonly world: World;
  begin(): ReturnType<World['client']['beginVault']>;
}
type Work = (it: Beginning) => Promise<void>;

/** Somebody who has nothing sealed yet begins, through a door. */
function beginning(
  [name, does]: readonly [string, string],
  expects: string,
  door: () => Door,
  work: Work,
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.fresh(world.beginner);
        const { random } = device;
        // One salt for all, so that argon2id is worked out once.
        device.random = (count) => (count === 16 ? new Uint8Array(16).fill(5) : random(count));
        device.door = door();
        const own = { ...world.beginner, passphrase: PASSPHRASE, newPassphrase: OWN };
        await work({ device, world, begin: () => world.client.beginVault(device, own) });
        return harmless;
      }),
  };
}

/** Signs in where the node asks for the passphrase as it is. */
async function signIn({ device, world }: Beginning, passphrase: string): Promise<void> {
  device.door = instead('prepare-sign-in', NOT_HERE);
  const { handle } = device.whose;
  const sent = await had(world.client.passphraseFor(device, handle, passphrase));
  await had(device.call('sign-in', { handle, passphrase: sent }));
}

const begins: Work = async ({ begin }) => void (await had(begin()));

export const beginnings: readonly OwnAttack[] = [
  beginning(
    ['begins, and does nothing', 'answers that a vault was begun, and keeps nothing of it'],
    'vault-gone',
    () => instead('begin-vault', { counter: 1 }),
    begins,
  ),
  beginning(
    [
      'begins, and asks for the passphrase as before',
      'begins a vault, and then asks for the new passphrase itself',
    ],
    'passphrase-asked',
    () => pretends(),
    async (it) => {
      await begins(it);
      await signIn(it, OWN);
    },
  ),
  beginning(
    [
      'says that it failed, and asks',
      'begins a vault, says that it failed, and then asks for the new passphrase itself',
    ],
    'passphrase-asked',
    () => pretends(undefined, LOST),
    async (it) => {
      await it.begin();
      await signIn(it, OWN);
    },
  ),
  beginning(
    [
      'says that it failed, and is asked again',
      'fails to begin: the passphrase until now signs in, and it is begun once more',
    ],
    'harmless',
    () => instead('begin-vault', {}),
    async (it) => {
      it.device.door = (call) => async (operation, input) =>
        operation === 'begin-vault' ? LOST : call(operation, input);
      await it.begin();
      await signIn(it, PASSPHRASE);
      it.device.door = pretends();
      await begins(it);
    },
  ),
  beginning(
    ['begins it with a statement of its own', 'keeps other octets than it was given'],
    'vault-rolled-back',
    () => pretends((it) => ({ ...it, statement: 'A'.repeat(400) })),
    begins,
  ),
  beginning(
    ['begins it with other ways', 'keeps other octets in the place of the ways'],
    'node-odd',
    () => pretends((it) => ({ ...it, put: it.put.map(({ name }) => ({ name, octets: 'A'.repeat(208) })) })),
    begins,
  ),
  beginning(
    ['begins it with a way more', 'adds a way of its own from the beginning'],
    'vault-broken',
    () =>
      pretends((it) => ({
        ...it,
        put: [...it.put, { name: 'way/passkey/key-of-mallory', octets: 'A'.repeat(208) }],
      })),
    begins,
  ),
  beginning(
    [
      'asks to begin with what it has seen',
      'waits for the passphrase until now to be chosen again, in letters that look alike',
    ],
    'passphrase-known',
    () => honest,
    async ({ device, world }) => {
      const same = {
        ...device.whose,
        passphrase: 'Am\u00e9lie at the river',
        newPassphrase: 'Ame\u0301lie at the river',
      };
      await had(world.client.beginVault(device, same));
    },
  ),
  beginning(
    ['goes back to before it was begun', 'begins a vault, and then shows that there is none'],
    'vault-gone',
    () => pretends(),
    async (it) => {
      await begins(it);
      it.device.door = honest;
      await had(it.device.open());
    },
  ),
];
