import { OWN } from '../../sealed/device.ts';
import { whole } from './bending.ts';
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
  agreedTo(
    ['what was agreed to', 'is honest: a backup was put back, and its owner goes on from it'],
    'harmless',
    'old',
  ),
];
