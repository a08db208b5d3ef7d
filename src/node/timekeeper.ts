import { homesToPrune, pruneDeliveries } from '../delivery/index.ts';
import {
  homesToResign,
  homesWithLapsedHolds,
  homesWithOldCasts,
  homesWithOldOffers,
  resignListings,
  sweepCasts,
  sweepHolds,
  sweepOffers,
} from '../desk/index.ts';
import { sweepChallenges } from '../devices/index.ts';
import { homesWithWanted, makeCopies } from '../facts/index.ts';
import { homesWithOldFiles, sweepFiles } from '../files/index.ts';
import {
  announceDue,
  homesToAnnounce,
  homesWithExpiredGrants,
  homesWithForgotten,
  homesWithPlanned,
  homesWithUnsaid,
  sayUnsaid,
  sweepGrants,
  sweepPlanned,
  withdrawForgotten,
} from '../grants/index.ts';
import { homesToSweep, homesWithFinished, sweepFinished, sweepIntents } from '../intents/index.ts';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Repeating, repeating } from '../kernel/repeating.ts';
import type { Deps } from '../operations.ts';
import { getPartyRow, sweepSessions } from '../parties/index.ts';
import { homesWithUnanswered, sweepProffers } from '../proffers/index.ts';
import { askAgain, homesStandingStill } from '../relationships/index.ts';
import type { View } from '../storage/index.ts';

const LOOK_EVERY_MS = 10 * 60_000;

type Homes = (view: View, now: Instant) => Promise<HomeId[]>;
type Tidy = (deps: Deps, home: HomeId) => Promise<unknown>;

const CARES: readonly (readonly [Homes, Tidy])[] = [
  [homesToSweep, sweepIntents],
  [homesWithExpiredGrants, sweepGrants],
  [homesWithForgotten, withdrawForgotten],
  [homesToAnnounce, announceDue],
  [homesWithPlanned, sweepPlanned],
  [homesWithWanted, makeCopies],
  [homesWithUnsaid, sayUnsaid],
  [homesToPrune, pruneDeliveries],
  [homesWithOldCasts, sweepCasts],
  [homesWithLapsedHolds, sweepHolds],
  [homesToResign, resignListings],
  [homesWithOldOffers, sweepOffers],
  [homesWithFinished, sweepFinished],
  [homesWithUnanswered, sweepProffers],
  [homesStandingStill, askAgain],
  [homesWithOldFiles, sweepFiles],
];

/** A paused copy changes nothing by itself: what it holds may be on its way to another node. */
async function isInUse(deps: Deps, home: HomeId): Promise<boolean> {
  return (await deps.storage.read((view) => getPartyRow(view, home)))?.paused_at == null;
}

/** What goes wrong with one of them stops nobody else: it is found again. */
async function tend(deps: Deps, home: HomeId, tidy: Tidy): Promise<void> {
  try {
    if (await isInUse(deps, home)) await tidy(deps, home);
  } catch {
    deps.log('timekeeper.stumbled');
  }
}

/**
 * Does what the passing of time asks for: wants expire, held ones look again, what was given until a day is erased,
 * what was set aside is free again, what nobody looks at any more is forgotten, whoever stands still asks again.
 */
export function startTimekeeper(deps: Deps): Repeating {
  const sweep = async (): Promise<void> => {
    for (const [homesOf, tidy] of CARES) {
      const homes = await deps.storage.read((view) => homesOf(view, deps.clock.now()));
      for (const home of homes) await tend(deps, home, tidy);
    }
    await sweepSessions(deps);
    await sweepChallenges(deps);
  };
  return repeating(deps.clock, LOOK_EVERY_MS, sweep, () => deps.log('timekeeper.stumbled'));
}
