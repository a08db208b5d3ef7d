import type { World } from './world.ts';

/** One thing that a hostile peer tries. */
export interface Attack {
  readonly name: string;
  /** What the peer does. */
  readonly does: string;
  /** Tries it; answers what it achieved, or undefined when that was nothing. */
  readonly attempt: (world: World) => Promise<string | undefined>;
}

/** What became of it: `achieved` is undefined when it was fended off. */
export interface Attempted {
  readonly attack: Attack;
  readonly achieved: string | undefined;
  readonly ms: number;
}
