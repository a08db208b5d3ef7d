import type { Instant } from '../kernel/clock.ts';
import type { Facts } from './facts-rules.ts';
import { type ActiveRule, decide, type Release, type Stock } from './rules.ts';

type Given = Facts['given'][number];

export interface Tried {
  readonly release: Release;
  /** When the rule would have given it: as soon as its condition held. */
  readonly at: Instant;
  /** What they were really given of it, the first time. */
  readonly really: Given | undefined;
}

interface Trial {
  readonly gives: readonly Tried[];
  /** What they were given, and the rule would not have given. */
  readonly others: readonly Given[];
}

/**
 * What a rule would have given in a relationship until an instant, with my data as it is now, beside what was really given
 * there. Pure.
 */
export function tryOn(rule: ActiveRule, stock: Stock, facts: Facts, until: Instant): Trial {
  const fresh: Facts = { ...facts, isOpen: true, isCounting: true, given: [], answered: [] };
  const [decided] = decide([rule], stock, fresh, until);
  const given = facts.given
    .filter((it) => it.since !== null)
    .toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0) || (a.id < b.id ? -1 : 1));
  const isOf = (release: Release) => (it: Given) =>
    it.item === null ? it.property === release.property : it.item === release.item;
  const releases = decided?.releases ?? [];
  return {
    gives: releases.map((release) => ({
      release,
      at: release.why.since,
      really: given.find(isOf(release)),
    })),
    others: given.filter((it) => !releases.some((release) => isOf(release)(it))),
  };
}
