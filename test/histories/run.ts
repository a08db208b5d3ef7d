import { hpkeKey } from '../../src/kernel/hpke.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { broken, type Ledger } from './check.ts';
import {
  change,
  comeBack,
  type Given,
  newWorld,
  open,
  stop,
  take,
  tell,
  type World,
  write,
} from './world.ts';

const EVENTS = 30;
const HOUR = 3_600_000;

/** How a history went: what was done in it, and what broke. */
export interface History {
  readonly seed: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly broken: string | undefined;
  readonly told: readonly string[];
}

interface Scene {
  readonly world: World;
  readonly ledger: Ledger;
}

type Act = (scene: Scene) => string | undefined;

const ACTS: Readonly<Record<string, Act>> = {
  give,
  give2: give,
  open: openOne,
  open2: openOne,
  change: changeOne,
  stop: stopOne,
  giveAgain,
  replay,
  wait,
  renew,
  restore,
};

/** One random history of giving, changing, stopping, giving again and opening; the same for the same seed. */
export function runHistory(seed: number): History {
  const scene: Scene = {
    world: newWorld(seededRandom(`histories/${seed}`)),
    ledger: { stopped: new Map(), spent: new Map(), opened: new Map() },
  };
  const { world, ledger } = scene;
  const counts: Record<string, number> = {};
  for (let event = 0; event < EVENTS; event++) {
    const name = world.random.pick(Object.keys(ACTS));
    const since = world.written.length;
    const wrong = ACTS[name]?.(scene) ?? broken(world, ledger, since);
    const what = name.replace('2', '');
    counts[what] = (counts[what] ?? 0) + 1;
    if (wrong) return { seed, counts, broken: wrong, told: world.told };
  }
  // An hour later nothing is left to be told.
  world.now += HOUR;
  for (const { held } of world.grantees) for (const it of held.values()) tell(world, it);
  const untold = world.grantees.some(({ held }) => [...held.values()].some((it) => it.openings.untold > 0));
  const last = untold
    ? 'receipts-account: something was opened and never told'
    : broken(world, ledger, world.written.length);
  return { seed, counts, broken: last, told: world.told };
}

function give({ world }: Scene): undefined {
  const { random } = world;
  const to = random.pick(world.grantees);
  giveTo(world, to, random.below(world.items.length));
}

function giveTo(world: World, to: Given['to'], item: number): void {
  const { random } = world;
  const grant = `grant-${world.given.size}`;
  const until = random.chance(500) ? null : world.now + random.below(40) * HOUR + 1;
  const times = random.chance(400) ? 1 + random.below(3) : null;
  const standing = { state: 'planned', version: null, until } as const;
  const named = { property: `own:item${item}`, purpose: random.pick(['to deliver', 'to call']) };
  const given: Given = { to, item, ...named, until, times, follows: random.chance(600), standing };
  world.given.set(grant, given);
  write(world, grant, given, 1);
  world.told.push(
    `${to.name} is given item ${item} as ${grant}${given.follows ? ', and what it becomes' : ''}${often(times)}`,
  );
}

function often(times: number | null): string {
  return times === null ? '' : `, to be opened ${times} times`;
}

function changeOne({ world }: Scene): undefined {
  const item = world.random.below(world.items.length);
  world.told.push(`item ${item} changes`);
  change(world, item);
}

function activeOnes(world: World): [string, Given][] {
  return [...world.given].filter(([, it]) => it.standing.state === 'active');
}

function stopOne({ world, ledger }: Scene): undefined {
  const active = activeOnes(world);
  if (active.length === 0) return;
  const [grant, given] = world.random.pick(active);
  world.told.push(`${grant} is stopped`);
  stop(world, grant, given);
  ledger.stopped.set(grant, world.written.length);
}

/** The same item to somebody from whom it was taken. */
function giveAgain({ world, ledger }: Scene): undefined {
  const stopped = [...ledger.stopped.keys()].flatMap((grant) => world.given.get(grant) ?? []);
  if (stopped.length === 0) return;
  const { to, item } = world.random.pick(stopped);
  giveTo(world, to, item);
}

function openOne({ world, ledger }: Scene): string | undefined {
  const to = world.random.pick(world.grantees);
  const all = [...to.held];
  if (all.length === 0) return undefined;
  const [grant, held] = world.random.pick(all);
  const value = open(world, to, held);
  const name = `${to.name} ${grant}`;
  const before = ledger.opened.get(name) ?? 0;
  const times = world.given.get(grant)?.times ?? Infinity;
  const isInTime = (held.last.terms.until ?? Infinity) > world.now;
  const isShared = !ledger.stopped.has(grant) && isInTime && before < times;
  world.told.push(`${to.name} opens ${grant}: ${value ?? 'no'}`);
  if (before >= times && value !== undefined)
    return `never-oftener: ${grant} is opened for the ${before + 1}th time`;
  if (isShared !== (value !== undefined))
    return `stopped-is-over: ${grant} ${value === undefined ? 'does not open' : 'opens after its end'}`;
  if (value === undefined) return undefined;
  ledger.opened.set(name, before + 1);
  if (before + 1 === times) ledger.spent.set(grant, world.written.length);
  return value === held.last.value ? undefined : `given-opens: ${grant} says something else`;
}

/** Something that was written before is put in front of its receiver again. */
function replay({ world }: Scene): string | undefined {
  if (world.written.length === 0) return undefined;
  const old = world.random.pick(world.written);
  world.told.push(`${old.terms.grant}, version ${old.terms.version}, comes again`);
  const isTaken = take(world, old);
  return isTaken
    ? `once-is-once: ${old.terms.grant} of version ${old.terms.version} was taken again`
    : undefined;
}

function wait({ world }: Scene): undefined {
  world.now += world.random.below(3) * (HOUR / 2) + world.random.below(1_000_000);
  for (const { held } of world.grantees) for (const it of held.values()) tell(world, it);
}

/** A receiver comes back from a backup. What is not counted may be forgotten there; what is counted must not be. */
function restore({ world }: Scene): undefined {
  const to = world.random.pick(world.grantees);
  world.told.push(`${to.name} comes back from a backup`);
  for (const held of to.held.values()) if (held.times !== null) comeBack(held);
}

function renew({ world }: Scene): undefined {
  world.random.pick(world.grantees).keys.push(hpkeKey(world.random.bytes(32)));
}
