import type { Dice } from './dice.ts';
import type { Host } from './host.ts';
import type { Knobs } from './knobs.ts';
import type { Ledger } from './ledger.ts';
import type { Network } from './network.ts';
import type { Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';

/** What was found to be wrong: an invariant's name, and how it was broken. */
export interface Violation {
  readonly invariant: string;
  readonly how: string;
}

/** Everything of one run. */
export interface World {
  readonly folder: string;
  readonly dice: Dice;
  readonly knobs: Knobs;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly network: Network;
  readonly ledger: Ledger;
  /** How often each kind of fault happened. */
  readonly faults: Map<string, number>;
  /** Hosts that came back from an old backup, and whether they could tell: what they alone knew is gone. */
  readonly restored: Map<string, 'noticed' | 'unnoticed'>;
  /** Milliseconds that every timer waits at least: at rest nothing needs to be looked at every few seconds. */
  patience: number;
  /** False once the world heals: then no new fault begins. */
  isHostile: boolean;
  violation: Violation | undefined;
}

export function countFault(world: World, kind: string): void {
  world.faults.set(kind, (world.faults.get(kind) ?? 0) + 1);
}

/** The first breach ends the run. */
export function violate(world: World, invariant: string, how: string): void {
  if (world.violation) return;
  world.violation = { invariant, how };
  world.trace.note(`VIOLATION ${invariant}: ${how}`);
}

export function faultCount(world: World): number {
  return [...world.faults.values()].reduce((sum, n) => sum + n, 0);
}
