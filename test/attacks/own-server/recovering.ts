import { toBase64url } from '../../../device/octets.ts';
import { fail } from '../../../src/kernel/result.ts';
import { OWN } from '../../sealed/device.ts';
import { honest, instead, showing } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { OwnAttack } from './model.ts';
import { commandLine } from './socket.ts';
import { quiet } from './world.ts';

const GROUP = 'recovering';
const NOT_HERE = { how: 'at-the-node' };
const REFUSED = fail('recovery-refused', 'It is another one.', 'Look at your paper again.');
const NEXT = quiet('walk up the hill');

/** Chosen one after the other, and refused; they need not take long to work out. */
const TRIES = Array.from({ length: 8 }, (_, at) => quiet(`walk number ${at + 1}`));

/** Somebody has only the code on paper, on a device that has seen nothing yet, and chooses a new passphrase. */
export const recoverings: readonly OwnAttack[] = [
  {
    group: GROUP,
    name: 'dearer while it is adopted',
    does: 'says that argon2id takes a pass more, and another salt, while a new passphrase is adopted, and the truth afterwards; and asks for it as somebody else’s',
    expects: 'passphrase-asked',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.fresh();
        const dearer = showing(({ passphrase }) => {
          passphrase.salt = toBase64url(new Uint8Array(16));
          if (passphrase.cost) passphrase.cost.passes++;
        });
        device.door = (call) => dearer(instead('sign-in', {})(call));
        const vault = await had(device.open({ recoveryCode: world.recoveryCode }));
        await had(vault.adoptPassphrase(NEXT));
        device.door = honest;
        await had(device.open({ passphrase: NEXT }));
        device.door = instead('prepare-sign-in', NOT_HERE);
        const { handle } = world.beginner;
        const passphrase = await had(world.client.passphraseFor(device, handle, NEXT));
        await device.call('sign-in', { handle, passphrase });
        return harmless;
      }),
  },
  {
    group: GROUP,
    name: 'dearer than it was chosen',
    does: 'takes a new passphrase, and says that it is worked out in a pass more than it was told, so that it opens nothing later',
    expects: 'node-odd',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.fresh();
        const { handle } = world.whose;
        const asked = { handle, isSaid: true, isSomebodyKnown: async () => true };
        const input = { handle, code: world.recoveryCode, newPassphrase: NEXT };
        const sent = await had(world.client.inputToSend(device, 'recover-party', input, asked));
        const [, salt] = String(sent.newPassphrase).split('.');
        device.door = showing(({ passphrase }) => {
          if (salt) passphrase.salt = salt;
          if (passphrase.cost) passphrase.cost.passes++;
        });
        const vault = await had(device.open({ recoveryCode: world.recoveryCode }));
        await had(vault.adoptPassphrase(NEXT));
        return { achieved: 'it opens by nothing that its owner can work out' };
      }),
  },
  {
    group: GROUP,
    name: 'tries until the one in force is forgotten',
    does: 'refuses one new passphrase after the other, and then asks for the one in force as somebody else’s',
    expects: 'passphrase-asked',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.fresh();
        await had(device.open());
        const { argon2 } = device;
        device.argon2 = (passphrase, salt, cost) =>
          TRIES.includes(passphrase)
            ? Promise.resolve(Buffer.from(`${passphrase} ${salt}`))
            : argon2(passphrase, salt, cost);
        const { handle } = world.whose;
        const asked = { handle, isSaid: true, isSomebodyKnown: async () => true };
        for (const newPassphrase of TRIES)
          await had(world.client.inputToSend(device, 'reset-passphrase', { newPassphrase }, asked));
        device.door = instead('prepare-sign-in', NOT_HERE);
        const other = world.beginner.handle;
        await device.call('sign-in', {
          handle: other,
          passphrase: await had(world.client.passphraseFor(device, other, OWN)),
        });
        return harmless;
      }),
  },
  {
    group: GROUP,
    name: 'the code on paper, at the second try',
    does: 'refuses a recovery code once, and then says that the code and the new passphrase are to be sent as they are',
    expects: 'passphrase-asked',
    async attempt(world) {
      const { handle } = world.whose;
      const words = (newPassphrase: string) => {
        const input = { handle, code: world.recoveryCode, newPassphrase };
        return ['recover-party', '--input', JSON.stringify(input)];
      };
      const line = await commandLine(world, world.fresh(), (call) => async (operation, asked) => {
        const isSecond = line.asked.includes('recover-party');
        if (operation === 'prepare-sign-in' && isSecond) return { ok: true, value: NOT_HERE };
        return operation === 'recover-party' ? REFUSED : call(operation, asked);
      });
      try {
        const first = await line.run(...words(NEXT));
        return { told: first === REFUSED.code ? await line.run(...words(`${NEXT} and back`)) : first };
      } finally {
        await line.close();
      }
    },
  },
];
