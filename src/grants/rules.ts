import type { Instant } from '../kernel/clock.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { entryOf } from '../vault/index.ts';

/** A field that the other side has asked for, with the last instant of its use. */
export interface AskedUntil {
  readonly property: string;
  readonly until: Instant;
}

/**
 * When a disclosure ends: when the person says, else on the day that the other side asked for it until, else never
 * (null). Nothing asked for outlasts its ask. Fails with `date-past` and `until-too-late`. Pure.
 */
export function endOf(
  property: string,
  given: Instant | undefined,
  asks: readonly AskedUntil[],
  now: Instant,
): Result<Instant | null> {
  const asked = asks.filter((ask) => ask.property === property).map((ask) => ask.until);
  const last = asked.length > 0 ? Math.max(...asked) : undefined;
  if (given !== undefined && given <= now) {
    return fail('date-past', 'Sharing would have ended before it began.', 'Choose a later day.');
  }
  if (given !== undefined && last !== undefined && given > last) {
    return fail(
      'until-too-late',
      `The seller asks for ${entryOf(property).label} until an earlier day than you gave. Nothing was shared.`,
      'Choose that day or an earlier one, or leave it out.',
    );
  }
  return ok(given ?? last ?? null);
}
