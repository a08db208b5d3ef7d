import { cipherOf, digestOf } from '../../../device/crypto.ts';
import { sealCategoryKey } from '../../../device/objects.ts';
import {
  digestOfBlocks,
  type ModeOf,
  openStatement,
  pastAfter,
  sealStatement,
} from '../../../device/statement.ts';
import { makeWay, openWay, renewWay, wayKeyOf } from '../../../device/ways.ts';
import { systemRandom } from '../../../src/kernel/random.ts';
import { OWN } from '../../sealed/device.ts';
import type { Copy } from '../../sealed/store.ts';
import { drop, passphraseWay } from './bending.ts';
import { honest, showing } from './device.ts';
import { had, harmless, look, outcomeOf, stored } from './looking.ts';
import type { OwnAttack } from './model.ts';
import { EMAIL, KEPT_KEY, LOST, LOST_KEY, type World } from './world.ts';

const GROUP = 'injected ways';
const draw = (count: number): Uint8Array => systemRandom.bytes(count);

/** A way to a root of its own, as well as somebody makes one who has no key of this vault. */
async function ownWay({ whose }: World, name: string) {
  const wayKey = await wayKeyOf(draw(32));
  const root = { number: 2, key: new Uint8Array(draw(32)) };
  const way = await makeWay(whose.home, name, wayKey, root, draw);
  return { wayKey, octets: way.octets };
}

/** All that whoever had a way that was taken away can make with the node: another root, and what goes with it. */
async function usurped({ whose, first, now }: World, number: number) {
  const { home } = whose;
  const name = `way/passkey/${LOST_KEY}`;
  const had = await openWay(home, name, await wayKeyOf(LOST), owned(first.copy.objects.get(name)));
  const before = now.copy.vault;
  if (!had || !before || !first.copy.vault)
    throw new Error('broken assumption: it opened until it was taken away');
  const of = { home, counter: first.copy.vault.counter, root: 1 };
  const known = await openStatement(await cipherOf(had.root.key), of, owned(first.copy.vault.statement));
  if (!known) throw new Error('broken assumption: it read the statement of then');
  const root = { number, key: new Uint8Array(draw(32)) };
  const { [name]: _, ...open } = known.ways;
  const objects = new Map<string, Uint8Array>();
  for (const [way, key] of Object.entries(open)) {
    const octets = owned(now.copy.objects.get(way));
    objects.set(way, (await renewWay(home, { name: way, open: key, octets }, root, draw)).octets);
  }
  const cipher = await cipherOf(root.key);
  const modes: Record<string, ModeOf> = {};
  for (const category of ['contact', 'note', 'preference'] as const) {
    const epoch = { home, category, epoch: 9 };
    objects.set(
      `key/${category}/9`,
      await sealCategoryKey(cipher, number, epoch, new Uint8Array(draw(32)), draw),
    );
    modes[category] = { mode: 'sealed', epoch: 9, since: 9, digest: await digestOfBlocks([]) };
  }
  const counter = before.counter + 1;
  const past = pastAfter({ past: '' }, await digestOf(before.statement));
  const epochs = { contact: 9, note: 9, preference: 9 };
  const said = { ...known, counter, root: number, past, modes, epochs, ways: open };
  const statement = await sealStatement(cipher, said, draw);
  return (copy: Copy) => void Object.assign(copy, { objects, vault: { ...before, counter, statement } });
}

function owned(octets: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  return new Uint8Array(octets ?? []);
}

function added(what: string, does: string, nameOf: (world: World) => string): OwnAttack {
  return {
    ...{ group: GROUP, name: what, does },
    expects: 'vault-broken',
    async attempt(world) {
      const name = nameOf(world);
      const { octets } = await ownWay(world, name);
      await world.set((copy) => void copy.objects.set(name, octets));
      return look(world, world.known());
    },
  };
}

export const injected: readonly OwnAttack[] = [
  added('a passkey added', 'adds a passkey of its own to the ways', () => 'way/passkey/key-of-mallory'),
  added('a passphrase added', 'adds a passphrase that it knows', () => `way/passphrase/${'B'.repeat(22)}`),
  stored(
    GROUP,
    ['a passkey left out', 'loses the way of a passkey'],
    'vault-broken',
    drop(`way/passkey/${KEPT_KEY}`),
  ),
  stored(
    GROUP,
    ['the recovery code left out', 'loses the way of the code on paper'],
    'vault-broken',
    drop('way/recovery'),
  ),
  stored(GROUP, ['the passphrase left out', 'loses the way of the passphrase'], 'way-unknown', (world) =>
    drop(passphraseWay(world))(world),
  ),
  stored(
    GROUP,
    ['the passphrase under another salt', 'moves the way of the passphrase to another salt'],
    'way-shut',
    (world) => (copy) => {
      const name = passphraseWay(world);
      copy.objects.set(`way/passphrase/${'B'.repeat(22)}`, copy.objects.get(name) ?? new Uint8Array(0));
      copy.objects.delete(name);
    },
  ),
  stored(
    GROUP,
    ['two passkeys exchanged', 'exchanges a passkey and the code on paper'],
    'harmless',
    () => (copy) => {
      const [one, two] = [copy.objects.get('way/recovery'), copy.objects.get(`way/passkey/${KEPT_KEY}`)];
      if (one && two) copy.objects.set('way/recovery', two).set(`way/passkey/${KEPT_KEY}`, one);
    },
  ),
  {
    group: GROUP,
    name: 'a way exchanged, and then the next root',
    does: 'puts a way of its own in the place of the code on paper, and waits for the next root to be sealed to it',
    expects: 'harmless',
    attempt: (world) =>
      outcomeOf(async () => {
        const name = 'way/recovery';
        const { wayKey, octets } = await ownWay(world, name);
        await world.set((copy) => void copy.objects.set(name, octets));
        const vault = await had(world.known().open());
        await had(vault.removeWay(`way/passkey/${KEPT_KEY}`));
        const since = (await world.copy()).objects.get(name) ?? new Uint8Array(0);
        const opened = await openWay(world.whose.home, name, wayKey, new Uint8Array(since));
        return opened ? { achieved: 'it opens the next root' } : harmless;
      }),
  },
  {
    group: GROUP,
    name: 'a way added while one is taken away',
    does: 'shows one way more to a device that is just taking another away',
    expects: 'vault-broken',
    attempt: (world) =>
      outcomeOf(async () => {
        const name = 'way/passkey/key-of-mallory';
        const { octets } = await ownWay(world, name);
        const device = world.known();
        const vault = await had(device.open());
        let writes = 0;
        const more = showing(
          (it) => void it.ways.push({ name, octets: Buffer.from(octets).toString('base64url') }),
        );
        device.door = (call) => async (operation, input) => {
          if (operation === 'write-sealed' && writes++ === 0) {
            return { ok: false, code: 'vault-changed', message: 'It was changed.', next: 'Look again.' };
          }
          return more(call)(operation, input);
        };
        await had(vault.removeWay(`way/passkey/${KEPT_KEY}`));
        device.door = honest;
        return harmless;
      }),
  },
  ...([2, 3] as const).map(
    (number): OwnAttack => ({
      group: GROUP,
      name: `the next root by a way that was taken away (${number})`,
      does: 'joins with whoever has the passkey that was taken away: they know the other ways, and seal a root of their own to them',
      expects: 'vault-forked',
      async attempt(world) {
        await world.set(await usurped(world, number));
        return outcomeOf(async () => {
          const vault = await had(world.known().open());
          await had(vault.put({ property: EMAIL, value: 'quiet6@example.org' }));
          return { achieved: 'what is written from now on opens by a way that was taken away' };
        });
      },
    }),
  ),
  {
    group: GROUP,
    name: 'another home in the place of this one',
    does: 'answers all that it has of another home, by passphrase and by the same passkey',
    expects: 'way-shut',
    async attempt(world) {
      const bend = (copy: Parameters<Parameters<World['set']>[0] & object>[0]) => {
        const { objects, modes, vault } = world.other.copy;
        const counter = (copy.vault?.counter ?? 0) + 1;
        Object.assign(copy, {
          objects,
          modes,
          vault: vault && { ...vault, home_id: world.whose.home, counter },
        });
      };
      await world.set(bend);
      // Under the number that the root has here, so that nothing else is told.
      const device = world.fresh();
      const byPassphrase = await look(world, device, { passphrase: OWN });
      if (!('told' in byPassphrase) || byPassphrase.told !== 'way-shut') return byPassphrase;
      await world.set(bend);
      return look(world, world.fresh(), { passkey: KEPT_KEY, told: new Uint8Array(32).fill(7) });
    },
  },
];
