import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { IntentDeps } from './deps.ts';
import { IntentPlace } from './model.ts';

const FOUND_AT_MOST = 30;

export const FindPlaces = z.object({
  search: z
    .string()
    .max(LIMITS.lineChars)
    .describe('A name in any language, with a country or region behind it.'),
});
export const FoundPlaces = z.object({ rows: z.array(IntentPlace) });

/** Places that bear this name, the likeliest first. */
export async function findPlaces(
  deps: IntentDeps,
  _actor: PartyActor,
  input: z.output<typeof FindPlaces>,
): Promise<Result<z.output<typeof FoundPlaces>>> {
  const { matches } = deps.places.find(input.search);
  const rows = matches.slice(0, FOUND_AT_MOST).map(({ place }) => ({
    id: String(place.id),
    label: deps.places.describe(place),
    country: place.country,
    latE6: place.latE6,
    lonE6: place.lonE6,
  }));
  return ok({ rows });
}
