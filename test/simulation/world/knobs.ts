import type { Length } from '../run-seed.ts';
import type { Dice } from './dice.ts';

/** How likely, per mille, and how large each kind of trouble is in one run; every seed draws its own mixture. */
export interface Knobs {
  readonly requestLost: number;
  readonly answerLost: number;
  readonly doubled: number;
  readonly late: number;
  readonly delayMs: number;
  readonly lie: number;
  readonly replay: number;
  readonly slowCommit: number;
  readonly patienceMs: number;
  readonly skewMs: number;
  /** Old backups come back; then people only talk, since what a restored vendor sells again nobody can undo. */
  readonly restores: boolean;
  /** How many of them bring their beat along, per mille, so that no node can tell. */
  readonly unnoticed: number;
}

export const CALM: Knobs = {
  requestLost: 0,
  answerLost: 0,
  doubled: 0,
  late: 0,
  delayMs: 20,
  lie: 0,
  replay: 0,
  slowCommit: 0,
  patienceMs: 0,
  skewMs: 0,
  restores: false,
  unnoticed: 0,
};

/** Some kinds of trouble are left out altogether: what hides behind one shows without it. */
export function drawKnobs(dice: Dice, restores: Length['restores']): Knobs {
  const some = (most: number): number => (dice.chance(350) ? 0 : dice.between(1, most));
  return {
    requestLost: some(200),
    answerLost: some(200),
    doubled: some(200),
    late: some(150),
    delayMs: dice.pick([5, 50, 500, 5_000]),
    lie: some(250),
    replay: some(100),
    slowCommit: some(400),
    patienceMs: dice.pick([10_000, 25_000, 60_000]),
    skewMs: dice.pick([0, 0, 5_000, 120_000, 900_000, 86_400_000]),
    restores: dice.chance(restores.often),
    unnoticed: restores.unnoticed,
  };
}
