import { instead, showing } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { OwnAttack } from './model.ts';
import { quiet } from './world.ts';

const GROUP = 'recovering';
const NOT_HERE = { how: 'at-the-node' };
const NEXT = quiet('walk up the hill');

/** Somebody has only the code on paper, on a device that has seen nothing yet, and chooses a new passphrase. */
export const recoverings: readonly OwnAttack[] = [
  {
    group: GROUP,
    name: 'dearer while it is adopted',
    does: 'says that argon2id takes a pass more while a new passphrase is adopted, and asks for it as somebody else’s afterwards',
    expects: 'passphrase-asked',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.fresh();
        device.door = showing(({ passphrase }) => {
          if (passphrase.cost) passphrase.cost.passes++;
        });
        const vault = await had(device.open({ recoveryCode: world.recoveryCode }));
        await had(vault.adoptPassphrase(NEXT));
        device.door = instead('prepare-sign-in', NOT_HERE);
        const { handle } = world.beginner;
        const passphrase = await had(world.client.passphraseFor(device, handle, NEXT));
        await device.call('sign-in', { handle, passphrase });
        return harmless;
      }),
  },
];
