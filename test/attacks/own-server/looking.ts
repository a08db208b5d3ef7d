import type { By, Vault } from '../../../device/index.ts';
import type { Result } from '../../../src/kernel/result.ts';
import type { Device } from './device.ts';
import { HARMLESS, type Outcome, type OwnAttack } from './model.ts';
import { NOTE, quiet, type World } from './world.ts';

/** What a client tells in the place of an answer. */
class Told extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The value of what has to be answered; what is told instead ends the attempt. */
export async function had<T>(result: Promise<Result<T>> | Result<T>): Promise<T> {
  const it = await result;
  if (!it.ok) throw new Told(it.code);
  return it.value;
}

/** All that a vault shows, in one text: what is compared with what is true. */
export async function truthOf(vault: Vault): Promise<string> {
  const live = vault.list({ limit: 100 });
  const trashed = vault.list({ limit: 100, trashed: true });
  const items = await had(vault.getMany([...live.rows, ...trashed.rows].map((row) => row.id)));
  const histories = [];
  for (const { id } of live.rows) histories.push(await had(vault.history(id)));
  const modes = vault.categories().map(({ category, mode, items: count }) => [category, mode, count]);
  const ways = vault
    .ways()
    .map(({ name }) => name)
    .sort();
  return JSON.stringify({ live, trashed, items, histories, modes, ways, tags: vault.tags() });
}

/** What became of work with a client: what it told, or what the work found out. */
export async function outcomeOf(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Told) return { told: error.code };
    throw error;
  }
}

export const harmless: Outcome = { harmless: true };

/** Whoever opens the vault looks at everything, and then writes something. */
export function look(world: World, device: Device, by?: By): Promise<Outcome> {
  return outcomeOf(async () => {
    const vault = await had(device.open(by));
    if ((await truthOf(vault)) !== world.now.truth)
      return { achieved: 'it shows something else than is true' };
    await had(vault.put({ property: NOTE, value: quiet('and since') }));
    return harmless;
  });
}

export function short(outcome: Outcome): string {
  if ('told' in outcome) return outcome.told;
  return 'harmless' in outcome ? HARMLESS : outcome.achieved;
}

type Bend = Parameters<World['set']>[0];

/** An attack on what lies in the database: whoever has seen all looks at it, and somebody who sees it for the first time. */
export function stored(
  group: string,
  [name, does]: readonly [string, string],
  expects: string,
  bend: (world: World) => Bend,
  first: string = expects,
): OwnAttack {
  return {
    ...{ group, name, does },
    expects: both(expects, first),
    async attempt(world) {
      await world.set(bend(world));
      const known = await look(world, world.known());
      await world.set(bend(world));
      const fresh = await look(world, world.fresh());
      return bothOf(known, fresh);
    },
  };
}

const both = (known: string, fresh: string): string =>
  known === fresh ? known : `${known}; at first sight ${fresh}`;

function bothOf(known: Outcome, fresh: Outcome): Outcome {
  if ('achieved' in known) return known;
  if ('achieved' in fresh)
    return { achieved: `${fresh.achieved}, on a device that sees it for the first time` };
  const said = both(short(known), short(fresh));
  return said === HARMLESS ? harmless : { told: said };
}

/** An attack on the answers: both devices open, look and write through whoever stands between. */
export function answered(
  group: string,
  [name, does]: readonly [string, string],
  expects: string,
  door: (world: World) => Device['door'],
  first: string = expects,
): OwnAttack {
  return {
    ...{ group, name, does },
    expects: both(expects, first),
    async attempt(world) {
      const outcomes: Outcome[] = [];
      for (const device of [world.known(), world.fresh()]) {
        await world.set();
        device.door = door(world);
        outcomes.push(await look(world, device));
      }
      const [known = harmless, fresh = harmless] = outcomes;
      return bothOf(known, fresh);
    },
  };
}
