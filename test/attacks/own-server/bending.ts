import { assert } from '../../../src/kernel/result.ts';
import { type Copy, copied } from '../../sealed/store.ts';
import type { World } from './world.ts';

/** What somebody with the database in hand does to a copy of it before they put it in the place of the real one. */
type Bend = (copy: Copy) => void;
/** A name that is known once there is a world. */
export type Name = string | ((world: World) => string);

export const nameIn = (world: World, name: Name): string => (typeof name === 'string' ? name : name(world));

function octetsIn({ objects }: Copy, name: string): Uint8Array {
  const found = objects.get(name);
  assert(found, `there is ${name}`);
  return found;
}

type From = 'first' | 'old' | 'elsewhere' | 'now' | 'other';

function copyAt(world: World, from: From): Copy {
  return from === 'other' ? world.other.copy : world[from].copy;
}

/** Puts what stands under one name at some moment under another. */
export const put =
  (name: Name, from: From, other: Name = name) =>
  (world: World): Bend =>
  (copy) => {
    copy.objects.set(nameIn(world, name), octetsIn(copyAt(world, from), nameIn(world, other)));
  };

export const swap =
  (one: Name, other: Name) =>
  (world: World): Bend =>
  (copy) => {
    const [a, b] = [nameIn(world, one), nameIn(world, other)];
    const [octetsOfA, octetsOfB] = [octetsIn(copy, a), octetsIn(copy, b)];
    copy.objects.set(a, octetsOfB).set(b, octetsOfA);
  };

export const drop =
  (...names: readonly Name[]) =>
  (world: World): Bend =>
  (copy) => {
    for (const name of names) {
      const known = nameIn(world, name);
      assert(copy.objects.delete(known), `there was ${known}`);
    }
  };

export const bendOctets =
  (name: Name, bend: (octets: Uint8Array) => Uint8Array) =>
  (world: World): Bend =>
  (copy) => {
    const known = nameIn(world, name);
    copy.objects.set(known, bend(octetsIn(copy, known)));
  };

export const bendStatement = (bend: (octets: Uint8Array) => Uint8Array) => (): Bend => (copy) => {
  assert(copy.vault, 'there is a vault');
  copy.vault = { ...copy.vault, statement: bend(copy.vault.statement) };
};

export const mode = (category: string, to: string | undefined) => (): Bend => (copy) => {
  if (to === undefined) copy.modes.delete(category);
  else copy.modes.set(category, to);
};

/** The whole of it as it was, or with something of it. */
export const whole =
  (from: From, counter?: (now: number, then: number) => number) =>
  (world: World): Bend =>
  (copy) => {
    const then = copied(copyAt(world, from));
    const now = copy.vault?.counter ?? 0;
    copy.objects = then.objects;
    copy.modes = then.modes;
    const row = then.vault;
    assert(row && copy.vault, 'there is a vault');
    copy.vault = { ...row, home_id: copy.vault.home_id, counter: counter?.(now, row.counter) ?? row.counter };
  };

export const vaultRow =
  (from: From, counter: (now: number, then: number) => number) =>
  (world: World): Bend =>
  (copy) => {
    const then = copyAt(world, from).vault;
    assert(then && copy.vault, 'there is a vault');
    copy.vault = { ...then, home_id: copy.vault.home_id, counter: counter(copy.vault.counter, then.counter) };
  };

export const all =
  (...bends: readonly ((world: World) => Bend)[]) =>
  (world: World): Bend =>
  (copy) => {
    for (const bend of bends) bend(world)(copy);
  };

export const item =
  (at: number) =>
  (world: World): string =>
    `item/${world.ids[at]}`;
export const version =
  (at: number, number = 1) =>
  (world: World): string =>
    `version/${world.ids[at]}/${number}`;

/** The way of the passphrase. */
export function passphraseWay(world: World): string {
  const name = [...world.now.copy.objects.keys()].find((it) => it.startsWith('way/passphrase/'));
  assert(name, 'there is such a way');
  return name;
}

export const flipped =
  (at: number) =>
  (octets: Uint8Array): Uint8Array =>
    octets.map((octet, index) => (index === (octets.length + at) % octets.length ? octet ^ 1 : octet));
