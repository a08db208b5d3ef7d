import { isFailure } from '../../../src/kernel/result.ts';
import { PASSPHRASE } from '../../harness/node.ts';
import { OWN } from '../../sealed/device.ts';
import { mode } from './bending.ts';
import { type Device, type Door, instead, lying, type ShownAnswer, showing } from './device.ts';
import { answered, had, harmless, outcomeOf, stored } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import type { World } from './world.ts';

const GROUP = 'downgraded';

type How = ShownAnswer['passphrase'];

const USUAL = { memoryKiB: 65_536, passes: 3, lanes: 1 };
const SALT = 'A'.repeat(22);

/** Says that the passphrase is worked out in another way, wherever it says that. */
function claiming(bend: (how: How) => How): Door {
  const signIn = lying<How>('prepare-sign-in', bend);
  const shown = showing((answer) => void Object.assign(answer, { passphrase: bend(answer.passphrase) }));
  return (call) => signIn(shown(call));
}

/** Signs in as a page or the command line does: sends what the client says is to be sent. */
async function signIn(device: Device, handle = device.whose.handle): Promise<Outcome> {
  return outcomeOf(async () => {
    const passphrase = await had(world(device).passphraseFor(device, handle, OWN));
    await device.call('sign-in', { handle, passphrase });
    return harmless;
  });
}

const clients = new WeakMap<Device, World['client']>();
const world = (device: Device): World['client'] => {
  const client = clients.get(device);
  if (!client) throw new Error('broken assumption: every device has a client');
  return client;
};

/** A device that remembers all, behind this door. */
function behind(of: World, door: Door, device: Device = of.known()): Device {
  clients.set(device, of.client);
  device.door = door;
  return device;
}

/** Both at the sign-in and where the vault is opened it has to be told. */
function claim(name: string, does: string, expects: string, bend: (how: How) => How): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    async attempt(of) {
      const first = await signIn(behind(of, claiming(bend)));
      if (!('told' in first) || first.told !== expects) return first;
      return outcomeOf(async () => {
        await had(behind(of, claiming(bend)).open());
        return harmless;
      });
    },
  };
}

const cost = (numbers: object) => (how: How) => ({ ...how, cost: { ...USUAL, ...numbers } });

const NOT_HERE: How = { how: 'at-the-node' };

export const modes: readonly OwnAttack[] = [
  stored(
    GROUP,
    [
      'says a category is served',
      'forgets that contacts are sealed, so that they would be written in the clear',
    ],
    'category-downgraded',
    mode('contact', undefined),
  ),
  stored(
    GROUP,
    ['says a category is being served', 'says that contacts are just being opened to it'],
    'category-downgraded',
    mode('contact', 'serving'),
  ),
  stored(
    GROUP,
    ['says a category is being sealed again', 'says that contacts are still being moved'],
    'category-downgraded',
    mode('contact', 'sealing'),
  ),
  stored(
    GROUP,
    ['says another category is sealed', 'says that sizes are sealed, which nobody has sealed'],
    'vault-broken',
    mode('size', 'sealed'),
  ),
  answered(GROUP, ['leaves a category out', 'answers no line for contacts'], 'category-downgraded', () =>
    showing(({ categories }) => void categories.shift()),
  ),
  {
    group: GROUP,
    name: 'says there is no vault',
    does: 'has forgotten everything that was sealed',
    expects: 'vault-gone',
    attempt: (of) =>
      outcomeOf(async () => {
        await of.set(
          (copy) => void Object.assign(copy, { vault: undefined, objects: new Map(), modes: new Map() }),
        );
        await had(behind(of, (call) => call).open());
        return harmless;
      }),
  },
  {
    group: GROUP,
    name: 'says so to whoever has only signed in',
    does: 'says it to a device that has only signed in here, and never opened the vault',
    expects: 'vault-gone',
    attempt: (of) =>
      outcomeOf(async () => {
        const device = behind(of, (call) => call, of.fresh());
        await signIn(device);
        device.door = showing((it) => void delete it.vault);
        await had(device.open());
        return harmless;
      }),
  },
  {
    group: GROUP,
    name: 'says so, and has it begun once more',
    does: 'says there is no vault, so that the passphrase is asked for and sent as the one until now',
    expects: 'vault-gone',
    attempt: (of) =>
      outcomeOf(async () => {
        const device = behind(
          of,
          showing((it) => void Object.assign(it, { vault: undefined, ways: [], passphrase: NOT_HERE })),
        );
        const more = { passphrase: OWN, newPassphrase: 'a third one by the sea' };
        await had(of.client.beginVault(device, { ...of.whose, ...more }));
        return harmless;
      }),
  },
  claim(
    'asks for the passphrase itself',
    'says that it works out the passphrase itself',
    'passphrase-asked',
    () => NOT_HERE,
  ),
  {
    group: GROUP,
    name: 'asks for it under another spelling',
    does: 'asks for it when its owner writes the name with a capital or a blank',
    expects: 'passphrase-asked',
    async attempt(of) {
      for (const handle of ['Maya', ' maya', 'maya ', 'MAYA']) {
        const outcome = await signIn(behind(of, instead('prepare-sign-in', NOT_HERE)), handle);
        if (!('told' in outcome) || outcome.told !== 'passphrase-asked') return outcome;
      }
      return { told: 'passphrase-asked' };
    },
  },
  {
    group: GROUP,
    name: 'asks for it as somebody else’s',
    does: 'says that another name is acting, whose passphrase is sent as it is',
    expects: 'passphrase-asked',
    attempt: (of) => signIn(behind(of, instead('prepare-sign-in', NOT_HERE)), 'leo'),
  },
  {
    group: GROUP,
    name: 'has somebody else begin',
    does: 'says that another name and home are acting, for which nothing is sealed yet, so that the passphrase is sent as the one until now',
    expects: 'vault-gone',
    attempt: (of) =>
      outcomeOf(async () => {
        const more = { passphrase: OWN, newPassphrase: 'a third one by the sea' };
        await had(of.client.beginVault(of.known(), { ...of.beginner, ...more }));
        return harmless;
      }),
  },
  {
    group: GROUP,
    name: 'asks for it when it is changed',
    does: 'says so when another passphrase is chosen in an open vault',
    expects: 'passphrase-asked',
    attempt: (of) =>
      outcomeOf(async () => {
        const device = behind(of, (call) => call);
        const vault = await had(device.open());
        device.door = claiming(() => NOT_HERE);
        await had(vault.changePassphrase(OWN, 'a third one by the sea'));
        return harmless;
      }),
  },
  claim(
    'a cheaper passphrase',
    'says that argon2id takes 8 KiB and one pass',
    'cost-odd',
    cost({ memoryKiB: 8, passes: 1 }),
  ),
  claim('one pass less', 'says that it takes two passes', 'cost-odd', cost({ passes: 2 })),
  claim('no lanes', 'says that it takes no lane', 'cost-odd', cost({ lanes: 0 })),
  claim('huge memory', 'says that it takes 4 TiB', 'cost-odd', cost({ memoryKiB: 4_294_967_296 })),
  claim(
    'endless passes',
    'says that it takes a thousand million passes',
    'cost-odd',
    cost({ passes: 1_000_000_000 }),
  ),
  claim('a thousand lanes', 'says that it takes a thousand lanes', 'cost-odd', cost({ lanes: 1_000 })),
  claim('negative memory', 'says that it takes less than nothing', 'cost-odd', cost({ memoryKiB: -65_536 })),
  claim('a fraction of memory', 'says that it takes 65536.5 KiB', 'node-odd', cost({ memoryKiB: 65_536.5 })),
  claim('numbers in words', 'writes the numbers as words', 'node-odd', cost({ memoryKiB: '65536' })),
  claim('no salt', 'answers an empty salt', 'cost-odd', (how) => ({ ...how, salt: '' })),
  claim('a short salt', 'answers a salt of eight octets', 'cost-odd', (how) => ({
    ...how,
    salt: 'AAAAAAAAAAA',
  })),
  {
    group: GROUP,
    name: 'a salt of its own',
    does: 'answers a salt that it has tables for: the half that it is sent opens nothing, and no passphrase is in it',
    expects: 'harmless',
    async attempt(of) {
      const device = behind(
        of,
        claiming((how) => ({ ...how, salt: SALT })),
      );
      const genuine = await of.client.passphraseFor(of.known(), of.whose.handle, OWN);
      const sent = await of.client.passphraseFor(device, of.whose.handle, OWN);
      if (isFailure(sent) || isFailure(genuine) || sent.value === genuine.value)
        return { achieved: 'the half that opens' };
      const refused = await device.call('sign-in', { handle: of.whose.handle, passphrase: sent.value });
      if (refused.ok) return { achieved: 'it opens what it should not' };
      return outcomeOf(async () => {
        await had(device.open());
        return harmless;
      });
    },
  },
  claimOpening(
    'a little more memory',
    'says that it takes a little more, so that another key comes of it; the device knows at what cost it has opened',
    'harmless',
    cost({ memoryKiB: 65_544 }),
  ),
  {
    group: GROUP,
    name: 'a thousand passphrases',
    does: 'lists a thousand ways of a passphrase, so that a device works for hours',
    expects: 'vault-broken',
    attempt: (of) =>
      outcomeOf(async () => {
        const more = (it: ShownAnswer) => {
          for (let at = 0; at < 1_000; at++) {
            it.ways.unshift({
              name: `way/passphrase/${String(at).padStart(22, 'A')}`,
              octets: 'A'.repeat(208),
            });
          }
        };
        const other = claiming((how) => ({ ...how, salt: SALT }));
        await had(behind(of, (call) => showing(more)(other(call))).open());
        return harmless;
      }),
  },
  {
    group: GROUP,
    name: 'the passphrase of before still opens',
    does: 'keeps what opened with the passphrase that it saw, and asks for one as before',
    expects: 'passphrase-asked',
    async attempt(of) {
      const device = behind(
        of,
        claiming(() => NOT_HERE),
      );
      const { ok } = await device.open({ passphrase: PASSPHRASE });
      return ok ? { achieved: 'the passphrase that it saw opens the vault' } : signIn(device);
    },
  },
];

function claimOpening(name: string, does: string, expects: string, bend: (how: How) => How): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (of) =>
      outcomeOf(async () => {
        await had(behind(of, claiming(bend)).open());
        return harmless;
      }),
  };
}
