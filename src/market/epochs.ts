import type { Instant } from '../kernel/clock.ts';
import type { Rules } from './model.ts';

const DAY_MS = 86_400_000;

/** The number of the epoch that an instant falls into, counted from 1970; an account is counted once in each. */
export function epochOf(at: Instant, rules: Pick<Rules, 'epochDays'>): number {
  return Math.floor(at / (rules.epochDays * DAY_MS));
}

/** When the next epoch begins, and with it the next table. */
export function nextEpochAt(at: Instant, rules: Pick<Rules, 'epochDays'>): Instant {
  return (epochOf(at, rules) + 1) * rules.epochDays * DAY_MS;
}
