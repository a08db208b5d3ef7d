import { changeHere, splitInput } from '../../../src/doors/cli/sealed/split-input.ts';
import { ok } from '../../../src/kernel/result.ts';
import { OWN } from '../../sealed/device.ts';
import { instead } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { OwnAttack } from './model.ts';
import type { World } from './world.ts';

const GROUP = 'on the command line';
const NEXT = 'a third one by the sea';

/** Whoever the node says is acting, and a device that knows the passphrase under another name. */
function asked(world: World) {
  const device = world.known();
  device.door = instead('prepare-sign-in', { how: 'at-the-node' });
  return device;
}

const OPERATIONS = [
  'show-recovery-code',
  'add-passkey',
  'make-recovery-shares',
  'remove-party',
  'move-party',
];

export const commandLine: readonly OwnAttack[] = [
  {
    group: GROUP,
    name: 'who is acting, where a passphrase is asked',
    does: 'says that somebody else is acting, at every command that asks for the passphrase once more',
    expects: 'passphrase-asked',
    async attempt(world) {
      for (const operation of OPERATIONS) {
        const outcome = await outcomeOf(async () => {
          const device = asked(world);
          await device.call(operation, await had(splitInput(device, operation, 'leo', { passphrase: OWN })));
          return harmless;
        });
        if (!('told' in outcome) || outcome.told !== 'passphrase-asked') return outcome;
      }
      return { told: 'passphrase-asked' };
    },
  },
  ...(
    [
      ['change-passphrase', { old: OWN, new: NEXT }],
      ['recover-party', { code: '0000-0000', newPassphrase: OWN }],
    ] as const
  ).map(
    ([operation, input]): OwnAttack => ({
      group: GROUP,
      name: `who is acting, at ${operation}`,
      does: 'says that somebody else is acting, whose passphrase is changed on the node itself',
      expects: 'passphrase-asked',
      attempt: (world) =>
        outcomeOf(async () => {
          const device = asked(world);
          const mine = async () => ok(world.whose);
          const changed = await changeHere(device, operation, 'leo', mine, input);
          if (changed) await had(changed);
          else await device.call(operation, input);
          return harmless;
        }),
    }),
  ),
];
