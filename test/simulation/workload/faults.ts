import type { CommitFault } from '../world/disk.ts';
import { countFault, type World } from '../world/world.ts';

const KINDS = {
  crash: 4,
  'commit fault': 8,
  restart: 2,
  partition: 4,
  'one-way partition': 4,
  'clock jumps': 3,
};

/** What happens to machines and lines until then; some runs are spared some of it, unless they need more. */
export function harass(world: World, until: number, everyMs: number, isSpared = true): void {
  const { dice, scheduler, hosts } = world;
  const names = [...hosts.keys()];
  const weights = Object.fromEntries(
    Object.entries(KINDS).map(([kind, weight]) => [kind, isSpared && dice.chance(300) ? 0 : weight]),
  );
  // Once in a run: what its ledger forgets is told by places in it.
  if (world.knobs.restores && isSpared) {
    for (const host of hosts.values())
      scheduler.after(dice.below((until - scheduler.now()) / 2), host.backUp);
    const unlucky = hosts.get(dice.pick(names));
    const when = dice.between((until - scheduler.now()) / 2, until - scheduler.now());
    if (unlucky) scheduler.after(when, unlucky.restore);
  }
  if (Object.values(weights).every((weight) => weight === 0)) return;
  const next = (): void => {
    const waits = dice.below(2 * everyMs);
    if (scheduler.now() + waits > until) return;
    scheduler.after(waits, () => {
      if (!world.isHostile) return;
      befall(world, dice.weighted(weights), names);
      next();
    });
  };
  next();
}

function befall(world: World, kind: string, names: readonly string[]): void {
  const { dice, scheduler, network } = world;
  const host = world.hosts.get(dice.pick(names));
  if (!host) return;
  const other = dice.pick(names.filter((name) => name !== host.name));
  switch (kind) {
    case 'crash':
      host.crash('between two steps');
      break;
    case 'commit fault':
      host.armCommit(dice.pick<CommitFault>(['full', 'full', 'before', 'survives', 'torn']));
      break;
    case 'restart':
      host.restart();
      break;
    case 'clock jumps':
      host.offset = dice.between(-world.knobs.skewMs, world.knobs.skewMs);
      world.trace.note(`${host.name} is ${host.offset} ms ahead`);
      if (world.knobs.skewMs > 0) countFault(world, 'clock skew');
      break;
    default:
      countFault(world, kind);
      world.trace.note(`${kind} ${host.name} | ${other}`);
      network.cut(host.name, other);
      if (kind === 'partition') network.cut(other, host.name);
      scheduler.after(dice.between(5_000, 120_000), network.mend);
  }
}
