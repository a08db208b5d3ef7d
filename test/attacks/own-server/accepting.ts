import { OWN } from '../../sealed/device.ts';
import { whole } from './bending.ts';
import { type Device, type Door, honest } from './device.ts';
import { had, harmless, outcomeOf, truthOf } from './looking.ts';
import type { OwnAttack } from './model.ts';
import type { World } from './world.ts';

const GROUP = 'accepting a backup';
type Moment = Parameters<typeof whole>[0];

/** A device is shown what is old, and its owner agrees to that; then the node shows something else. */
function agreedTo([name, does]: readonly [string, string], expects: string, then: Moment): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.known();
        await world.set(whole('old')(world));
        const { shown } = await had(world.client.setBackTo(device, world.whose));
        await world.set(whole(then)(world));
        const by = { passphrase: OWN };
        const accepted = await world.client.acceptVault(device, world.whose, by, shown);
        if (accepted.ok) return isAsAgreed(world, await truthOf(accepted.value));
        await world.set();
        await had(device.open());
        return { told: accepted.code };
      }),
  };
}

const NOT_HERE = { how: 'at-the-node' };

/** Looks like a node from before anything was sealed, and takes whatever is sent. */
const fromBefore: Door = () => async (operation) => {
  const shown = { ways: [], categories: [], passphrase: NOT_HERE };
  const answers: Readonly<Record<string, object>> = { 'show-vault': shown, 'prepare-sign-in': NOT_HERE };
  return { ok: true, value: answers[operation] ?? {} };
};

/** Its owner takes the node for an older one, and then has only the paper. */
function codeAsked(
  [name, does]: readonly [string, string],
  device: (world: World) => Promise<Device>,
  handle: (world: World) => string = ({ whose }) => whose.handle,
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects: 'code-asked' },
    attempt: (world) =>
      outcomeOf(async () => {
        const { client, whose, recoveryCode: code } = world;
        const one = await device(world);
        one.door = fromBefore;
        await had(client.setBackTo(one, whose));
        await client.acceptNone(one, whose);
        const asked = { handle: handle(world), isSaid: true, isSomebodyKnown: async () => true };
        const input = { handle: asked.handle, code, newPassphrase: 'a word of no worth' };
        const sent = await had(client.inputToSend(one, 'recover-party', input, asked));
        await one.call('recover-party', sent);
        return { achieved: 'it has the code that opens what it hides' };
      }),
  };
}

/** Its owner takes the node for one from before anything was sealed, and then it shows what there was once. */
function shownAgain(
  [name, does]: readonly [string, string],
  then: Moment,
  handle: (world: World) => string = ({ whose }) => whose.handle,
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects: 'shown-after-none' },
    attempt: (world) =>
      outcomeOf(async () => {
        const { client, whose } = world;
        const device = world.known();
        device.door = fromBefore;
        await client.acceptNone(device, whose);
        device.door = honest;
        await world.set(whole(then)(world));
        const shown = { home: whose.home, handle: handle(world) };
        await had(client.openVault(device, shown, { passphrase: OWN }));
        return { achieved: 'what nobody has agreed to is what the device goes on from' };
      }),
  };
}

const isAsAgreed = ({ old }: World, truth: string) =>
  truth === old.truth ? harmless : { achieved: 'what nobody has agreed to is what the device goes on from' };

export const acceptings: readonly OwnAttack[] = [
  agreedTo(
    [
      'less than was agreed to',
      'shows what a backup of yesterday has, and once that is accepted, what one of last year has',
    ],
    'shown-other',
    'first',
  ),
  agreedTo(
    [
      'another end than was agreed to',
      'shows what is old, and once that is accepted, what another device wrote after it',
    ],
    'shown-other',
    'elsewhere',
  ),
  codeAsked(
    [
      'nothing, and then the code on paper',
      'hides that anything is sealed, as if it were older; once that is accepted, it asks for the recovery code, which this device has never seen',
    ],
    async (world) => {
      const device = world.fresh();
      await had(device.open());
      return device;
    },
  ),
  codeAsked(
    [
      'nothing, and then the code as somebody else’s',
      'does so to a device that has made the code, under another handle',
    ],
    async (world) => world.known(),
    ({ beginner }) => beginner.handle,
  ),
  shownAgain(
    [
      'nothing, and then last year',
      'hides that anything is sealed; once that is accepted, it shows what there was before a passkey was taken away',
    ],
    'first',
  ),
  shownAgain(
    ['nothing, and then last year as another one’s', 'does so, and names its owner otherwise afterwards'],
    'first',
    ({ beginner }) => beginner.handle,
  ),
  agreedTo(
    ['what was agreed to', 'is honest: a backup was put back, and its owner goes on from it'],
    'harmless',
    'old',
  ),
];
