import type { World } from './world.ts';

/** What became of it: the client told it by this code and showed nothing wrong, nothing came of it, or it achieved something. */
export type Outcome = { readonly told: string } | { readonly harmless: true } | { readonly achieved: string };

/** One thing that is tried by somebody who has the node's database and its answers in hand. */
export interface OwnAttack {
  readonly group: string;
  readonly name: string;
  /** What they do. */
  readonly does: string;
  /** By which code the client has to tell it; or `harmless`. Anything else counts as success of the attack. */
  readonly expects: string;
  readonly attempt: (world: World) => Promise<Outcome>;
}

export interface OwnAttempted {
  readonly attack: OwnAttack;
  /** Undefined when it was told, or harmless, as it has to be. */
  readonly achieved: string | undefined;
  readonly ms: number;
}

export const HARMLESS = 'harmless';

/** A check of the client that is taken out, to show that the attacks find it. */
export interface Weakness {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly instead: string;
  /** Attacks that succeed with it; each is one that the client as it is fends off. */
  readonly finds: readonly string[];
}
