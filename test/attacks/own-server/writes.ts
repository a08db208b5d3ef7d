import type { Vault } from '../../../device/index.ts';
import { fail } from '../../../src/kernel/result.ts';
import { OWN } from '../../sealed/device.ts';
import { type Device, type Door, honest, lying } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { OwnAttack } from './model.ts';
import { EMAIL, KEPT_KEY, NOTE, quiet, type World } from './world.ts';

const GROUP = 'withheld writes';
const LOST = fail('node-lost', 'The node stopped while it was asked.', 'Start it.');
const CHANGED = fail('vault-changed', 'It was changed meanwhile.', 'Look again.');
const NEXT = 'a third one by the sea';

const written = { property: NOTE, value: quiet('and since') };

/** Says that a write was done, and does nothing. */
const saysDone: Door = (call) => async (operation, input) => {
  if (operation === 'change-passphrase') return { ok: true, value: {} };
  return 'expects' in input
    ? { ok: true, value: { counter: Number(input.expects) + 1 } }
    : call(operation, input);
};

/** Does what it is asked, and says that it failed: the first time, at one operation. */
function saysNot(failure: typeof LOST, which: string): Door {
  let isTold = false;
  return (call) => async (operation, input) => {
    const answer = await call(operation, input);
    if (isTold || operation !== which) return answer;
    isTold = true;
    return failure;
  };
}

/** Does nothing, and says so or something else. */
const refuses =
  (failure: typeof LOST, which: string): Door =>
  (call) =>
  async (operation, input) =>
    operation === which ? failure : call(operation, input);

/** Alters what is written on its way. */
const altering =
  (alter: (input: Write) => object): Door =>
  (call) =>
  async (operation, input) =>
    operation === 'write-sealed' ? call(operation, alter(input as Write)) : call(operation, input); // it is asked so

interface Write {
  readonly expects: number;
  readonly put: readonly { readonly name: string; readonly octets: string }[];
  readonly remove: readonly string[];
}

type Work = (vault: Vault, device: Device, world: World) => Promise<void>;

/** Does something through a door; with the door gone, the same device looks again, and then everything is checked. */
function withheld(
  [name, does]: readonly [string, string],
  expects: string,
  door: () => Door,
  work: Work,
  check: Work = async () => {},
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.known();
        const vault = await had(device.open());
        device.door = door();
        await work(vault, device, world);
        device.door = honest;
        await had(vault.reload());
        await check(vault, device, world);
        const again = await had(device.open());
        await check(again, device, world);
        return harmless;
      }),
  };
}

const writes: Work = async (vault) => void (await had(vault.put(written)));
/** What fails is told; what became of it shows afterwards. */
const tries =
  (act: (vault: Vault, world: World) => Promise<unknown>): Work =>
  async (vault, _device, world) =>
    void (await act(vault, world));

/** There once, and not twice. */
const isOnce: Work = async (vault) => {
  const { total } = vault.list({ search: 'and since', limit: 9 });
  if (total !== 1) throw new Error(`it is there ${total} times`);
};

export const withholding: readonly OwnAttack[] = [
  withheld(
    ['says done, and does nothing', 'answers that an item was written'],
    'vault-rolled-back',
    () => saysDone,
    writes,
  ),
  withheld(
    ['says done, twice', 'answers so to two writes in a row'],
    'vault-rolled-back',
    () => saysDone,
    async (vault) => {
      await had(vault.put(written));
      await had(vault.put({ property: EMAIL, value: 'quiet4@example.org' }));
    },
  ),
  withheld(
    ['says done once', 'answers so to one write, and takes the next'],
    'vault-rolled-back',
    () => {
      const door = saysDone;
      let writes = 0;
      return (call) => async (operation, input) =>
        ('expects' in input && writes++ === 0 ? door(call) : call)(operation, input);
    },
    async (vault) => {
      await had(vault.put(written));
      await had(vault.put({ property: EMAIL, value: 'quiet4@example.org' }));
    },
  ),
  withheld(
    ['a change that is not done', 'answers that an item was changed'],
    'vault-rolled-back',
    () => saysDone,
    async (vault, _device, { ids }) => {
      await had(vault.put({ id: ids[0], property: EMAIL, value: 'quiet.changed@example.org' }));
    },
  ),
  withheld(
    ['an erasing that is not done', 'answers that an item was removed and erased'],
    'vault-rolled-back',
    () => saysDone,
    async (vault, _device, { note }) => {
      await had(vault.trash([note]));
      await had(vault.erase([note]));
    },
  ),
  withheld(
    ['a way that is not taken away', 'answers that a lost passkey opens nothing any more'],
    'vault-rolled-back',
    () => saysDone,
    async (vault) => {
      await had(vault.removeWay(`way/passkey/${KEPT_KEY}`));
    },
  ),
  withheld(
    ['a sealing that is not done', 'answers that sizes are sealed from now on'],
    'vault-rolled-back',
    () => saysDone,
    async (vault) => {
      await had(vault.sealCategory('other'));
    },
  ),
  withheld(
    ['writes the statement alone', 'keeps the statement of a write, and drops what was written'],
    'vault-broken',
    () => altering((it) => ({ ...it, put: [] })),
    writes,
  ),
  withheld(
    ['writes all but the list', 'drops one of the things that were written together'],
    'vault-broken',
    () => altering((it) => ({ ...it, put: it.put.filter(({ name }) => !name.startsWith('block/')) })),
    writes,
  ),
  withheld(
    ['removes nothing', 'keeps what was to be removed, and its list with it'],
    'vault-broken',
    () =>
      altering((it) => ({ ...it, remove: [], put: it.put.filter(({ name }) => !name.startsWith('block/')) })),
    async (vault, _device, { note }) => {
      await had(vault.trash([note]));
      await had(vault.erase([note]));
    },
  ),
  withheld(
    ['exchanges what is written', 'writes the list under the name of the item, and the other way round'],
    'vault-broken',
    () =>
      altering((it) => ({
        ...it,
        put: it.put.map(({ name }, at) => ({ name, octets: it.put.at(-1 - at)?.octets ?? '' })),
      })),
    writes,
  ),
  withheld(
    ['says it failed, and does it', 'writes an item, and answers that it stopped'],
    'harmless',
    () => saysNot(LOST, 'write-sealed'),
    tries((vault) => vault.put(written)),
    isOnce,
  ),
  withheld(
    ['says another was quicker, and does it', 'writes an item, and has it written once more'],
    'harmless',
    () => saysNot(CHANGED, 'write-sealed'),
    tries((vault) => vault.put(written)),
    isOnce,
  ),
  withheld(
    ['says so where the list is full', 'does so where the item begins another part of the list'],
    'harmless',
    () => honest,
    async (vault, device) => {
      for (let at = 0; at < 6; at++) {
        device.door = saysNot(CHANGED, 'write-sealed');
        await had(
          vault.put({ property: NOTE, value: `${quiet('long thought')} ${at} ${'x'.repeat(9_000)}` }),
        );
      }
    },
    async (vault) => {
      const { total } = vault.list({ search: 'long thought', limit: 9 });
      if (total !== 6) throw new Error(`they are there ${total} times`);
    },
  ),
  withheld(
    ['says of a way that another was quicker, and takes it away', 'has a passkey taken away twice'],
    'harmless',
    () => saysNot(CHANGED, 'write-sealed'),
    tries((vault) => vault.removeWay(`way/passkey/${KEPT_KEY}`)),
    async (vault) => {
      if (vault.ways().length !== 2) throw new Error('another number of ways');
    },
  ),
  withheld(
    ['always says that another was quicker', 'takes no write ever, and always says so'],
    'vault-busy',
    () => refuses(CHANGED, 'write-sealed'),
    writes,
  ),
  ...(
    [
      ['too high', 2],
      ['too low', 0],
      ['of before', -3],
    ] as const
  ).map(([what, more]) =>
    withheld(
      [`a counter ${what}`, `writes, and answers a counter that is ${what}`],
      'node-odd',
      () => lying<{ counter: number }>('write-sealed', (answer) => ({ counter: answer.counter - 1 + more })),
      writes,
    ),
  ),
  withheld(
    ['a passphrase that is not changed', 'answers that the passphrase was changed, and keeps the one before'],
    'node-odd',
    () => (call) => async (operation, input) =>
      operation === 'change-passphrase' ? { ok: true, value: {} } : call(operation, input),
    async (vault) => void (await had(vault.changePassphrase(OWN, NEXT))),
  ),
  {
    group: GROUP,
    name: 'a passphrase that is not changed, and what opens then',
    does: 'does so: the passphrase that signs in still opens what is sealed',
    expects: 'harmless',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.known();
        const vault = await had(device.open());
        device.door = (call) => async (operation, input) =>
          operation === 'change-passphrase' ? { ok: true, value: {} } : call(operation, input);
        await vault.changePassphrase(OWN, NEXT);
        device.door = honest;
        await had(device.open({ passphrase: OWN }));
        return harmless;
      }),
  },
];
