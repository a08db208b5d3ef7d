import { addDays, type CivilDate, endOfDay, startOfDay } from '../kernel/civil.ts';
import type { Instant } from '../kernel/clock.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { entryOf } from '../vault/index.ts';
import type { Asked } from './model.ts';
import type { AskedNow } from './offer-to-accept.ts';

const DAY_MS = 86_400_000;

/** A field that I chose to give: the item is mine, the rest is what the agreement says of it. */
export interface Chosen {
  /** Undefined where a device of mine gives it later, of what the node cannot read. */
  readonly item: string | undefined;
  /** Undefined when there is no such item. */
  readonly property: string | undefined;
  readonly purpose: string;
  readonly until?: Instant | undefined;
  readonly follows?: boolean | undefined;
  readonly times?: number | undefined;
}

/** What goes out under the agreement, and the same as the agreement names it: property, purpose and last instant. */
export interface Gives {
  readonly disclose: readonly (Pick<Chosen, 'purpose' | 'follows' | 'times'> & {
    readonly item: string;
    readonly until: Instant;
  })[];
  readonly gives: readonly Asked[];
}

/**
 * Exactly what I chose, each for what the seller asked and no longer than that; without a date, as long as asked. A needed
 * field must last until the seller has done its part. Fails with `item-unknown`, `field-unasked`, `purpose-differs`,
 * `date-past`, `until-too-late`, `date-too-near`. Pure.
 */
export function givesOf(
  asks: readonly AskedNow[],
  chosen: readonly Chosen[],
  now: Instant,
  doneInDays: number | undefined,
): Result<Gives> {
  const all: (Omit<Chosen, 'property' | 'until'> & Asked & { readonly until: Instant })[] = [];
  for (const { item, property, purpose, until, follows, times } of chosen) {
    if (property === undefined)
      return refuse('item-unknown', 'One of these items is not in your data any more.', 'Choose again.');
    const asked = asks.filter((ask) => ask.property === property);
    if (asked.length === 0)
      return refuse(
        'field-unasked',
        `The seller does not ask for ${entryOf(property).label}.`,
        'Share it later, if you wish.',
      );
    const ask = asked.find((it) => it.purpose === purpose);
    if (!ask) {
      const sentence = `The seller asks for ${entryOf(property).label} for something else: ${asked[0]?.purpose}.`;
      return refuse('purpose-differs', sentence, 'Give it for that, or do not give it.');
    }
    const end = until ?? ask.until;
    const wrong = dateProblem(ask, end, now, doneInDays);
    if (wrong) return refuse(...wrong);
    all.push({ item, property, purpose, until: end, follows, times });
  }
  return ok({
    disclose: all.flatMap(({ property: _, item, ...it }) => (item === undefined ? [] : [{ ...it, item }])),
    gives: all.map(({ property, purpose, until }) => ({ property, purpose, until })),
  });
}

function dateProblem(
  ask: AskedNow,
  until: Instant,
  now: Instant,
  doneInDays: number | undefined,
): [string, string, string] | undefined {
  const { label } = entryOf(ask.property);
  if (until <= now) return ['date-past', `The date for ${label} is past.`, 'Choose a later one.'];
  if (until > ask.until) {
    return ['until-too-late', `The seller asks for ${label} for a shorter time.`, 'Choose a nearer date.'];
  }
  const least = Math.min(ask.until, now + (doneInDays ?? 0) * DAY_MS);
  if (!ask.required || until >= least) return undefined;
  const sentence = `The seller needs ${label} until it has kept its promise.`;
  return ['date-too-near', sentence, 'Choose a later date, or decline the offer.'];
}

function refuse(code: string, message: string, next: string): Result<never> {
  return fail(code, message, next, { disclose: message });
}

/** What a seller asked to know, as its own offer has it. */
export interface OwnAsk {
  readonly property: string;
  readonly purpose: string;
  readonly days: number;
  readonly required: boolean;
}

/**
 * Whether what a buyer promises to give is what was asked: every needed field, none that nobody asked for, each for its
 * purpose and until a day that lies ahead and not beyond what was asked. Days of grace lie between two clocks. Pure.
 */
export function givesAsked(gives: readonly Asked[], asks: readonly OwnAsk[], today: CivilDate): boolean {
  const isComplete = asks.every(
    (ask) => !ask.required || gives.some((give) => give.property === ask.property),
  );
  return (
    isComplete &&
    gives.every(({ property, purpose, until }) =>
      asks.some(
        (ask) =>
          ask.property === property &&
          ask.purpose === purpose &&
          until !== null &&
          until >= startOfDay(today) &&
          until <= endOfDay(addDays(today, ask.days + 1)),
      ),
    )
  );
}
