import type { Instant } from '../kernel/clock.ts';
import type { When, Whom } from './model.ts';
import type { ReleaseState } from './tables.ts';

export const DAY_MS = 86_400_000;

/** What is known of one relationship, as far as a rule looks at it. */
export interface Facts {
  readonly rel: string;
  readonly side: 'buyer' | 'seller' | 'inviter' | 'invited';
  /** Both have signed, nobody has paused it, and it waits for no backup. */
  readonly isOpen: boolean;
  /** Since when there is something between us; undefined while not both have signed. */
  readonly agreedAt: Instant | undefined;
  /** When I said that they kept a promise, here and with the same shop, earliest first. */
  readonly kept: readonly Instant[];
  readonly keptByShop: readonly Instant[];
  /** Whether their Parley has said that it counts openings. */
  readonly isCounting: boolean;
  /** What they asked for in what was agreed. */
  readonly asks: readonly { readonly property: string; readonly purpose: string; readonly days: number }[];
  /** What of mine they were given here, in whatever way. */
  readonly given: readonly {
    readonly id: string;
    readonly item: string | null;
    readonly property: string;
    readonly state: 'planned' | 'active' | 'stopped';
    readonly since: Instant | null;
    readonly until: Instant | null;
    readonly stoppedAt: Instant | null;
    readonly isReplaced: boolean;
    /** It was opened as often as it might be: that is no taking back. */
    readonly isSpent: boolean;
  }[];
  /** What rules gave or asked me here. */
  readonly answered: readonly {
    readonly item: string;
    readonly property: string;
    readonly version: number;
    readonly state: ReleaseState;
    readonly grant: string | null;
  }[];
}

export function wouldApply({ kind, relationships }: Whom, { rel, side }: Facts): boolean {
  if (kind === 'market-vendors') return side === 'buyer';
  return kind === 'everybody' || (kind === 'relationships' && relationships.includes(rel));
}

/** When the condition held first, if ever, and how far it is until then. Pure. */
export function firstHeld(
  { kind, atLeast, of }: When,
  facts: Facts,
  now: Instant,
): { readonly at: Instant | undefined; readonly have: number } {
  const { agreedAt } = facts;
  if (agreedAt === undefined) return { at: undefined, have: 0 };
  if (kind === 'kept-promises') {
    const kept = of === 'shop' ? facts.keptByShop : facts.kept;
    const at = kept[atLeast - 1];
    // What was kept with the same shop earlier counts from the day of this agreement.
    return { at: at === undefined ? undefined : Math.max(at, agreedAt), have: kept.length };
  }
  if (kind === 'days-known') {
    return { at: agreedAt + atLeast * DAY_MS, have: Math.max(0, Math.floor((now - agreedAt) / DAY_MS)) };
  }
  return { at: agreedAt, have: 1 };
}

/** Since when the condition holds; undefined while it does not. */
export function held(when: When, facts: Facts, now: Instant): Instant | undefined {
  const { at } = firstHeld(when, facts, now);
  return at !== undefined && at <= now ? at : undefined;
}
