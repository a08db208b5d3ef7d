import type { Named, WhyOff } from './model.ts';

export interface RuleRow {
  home_id: string;
  id: string;
  /** A RuleContent as JSON. */
  content: string;
  is_on: boolean;
  made_at: number;
  changed_at: number;
  removed_at: number | null;
  /** When everybody was last looked at for it; null when it has been switched on since. */
  looked_at: number | null;
  why_off: WhyOff | null;
}

interface NeverRow {
  home_id: string;
  kind: Named['kind'];
  value: string;
}

/** waiting: for my word; given; declined: I said no. */
export type ReleaseState = 'waiting' | 'given' | 'declined';

export interface ReleaseRow {
  home_id: string;
  id: string;
  rule: string;
  /** As it was called then. */
  rule_name: string;
  step: number;
  rel: string;
  item: string;
  property: string;
  /** What it was called when it was given; empty for what was not, whose name is read where the item is sealed. */
  label: string;
  version: number;
  purpose: string;
  until_at: number | null;
  times: number | null;
  /** A Why as JSON. */
  why: string;
  state: ReleaseState;
  at: number;
  /** The grant that it became. */
  given: string | null;
  /** A later version was given in its place. */
  is_replaced: boolean;
}

export interface TierTables {
  tier_rules: RuleRow;
  tier_never: NeverRow;
  tier_releases: ReleaseRow;
  /** Where something changed that a rule may wait for, and when. */
  tier_due: { home_id: string; rel: string; since_at: number };
}
