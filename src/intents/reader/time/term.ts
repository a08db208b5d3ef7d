import type { CivilDate } from '../../../kernel/civil.ts';
import type { Span } from '../sentence.ts';
import type { Period } from './calendar.ts';

/**
 * - `day`, `week`, `month`, `weekend`, `holiday`: those days.
 * - `end`: the last days of something longer, whose last day is meant with "by" and "before".
 * - `within`: so many days from today.
 * - `vague`: a time that everybody dates otherwise.
 */
export type TermKind = 'day' | 'week' | 'weekend' | 'month' | 'holiday' | 'end' | 'within' | 'vague';

/** Words that name days. */
export interface DateTerm extends Span {
  readonly kind: TermKind;
  /** Ways to read it, the likelier first; more than one is asked about, none means it cannot be dated. */
  readonly readings: readonly Period[];
  /** Whether it needs a word like "before" or "on" to be a date at all. */
  readonly isWeak: boolean;
  /** "this week" lasts until its end, and began before today. */
  readonly isThis?: boolean;
  /** A day of the week: the one after it is meant just as well. */
  readonly isWeekday?: boolean;
  /** A day of some month: "the 5th". */
  readonly isMonthday?: boolean;
  /** A fraction as well: 3/4. */
  readonly isFraction?: boolean;
  /** It names two ends: "23 to 30 December". */
  readonly isRange?: boolean;
  /** A year stands with it, or it counts from today. */
  readonly isFixed?: boolean;
}

/** What dates depend on. */
export interface DateContext {
  readonly today: CivilDate;
  readonly country?: string;
}

export type Parts = Readonly<Record<string, string | undefined>>;
export type Term = Omit<DateTerm, 'from' | 'to'>;
export type TermReader = readonly [
  source: string,
  read: (parts: Parts, context: DateContext) => Term | undefined,
];
