import type { Giving } from './model.ts';
import type { Release } from './rules.ts';

/** What would be given, as doors show it. */
export function givingOf(release: Release): Giving {
  const { item, property, label, purpose, askedFor, until, times, isAsking, isNewVersion, why } = release;
  return {
    ...{ item, property, label, purpose, isAsking, isNewVersion, why },
    ...(askedFor !== undefined && { askedFor }),
    ...(until !== undefined && { until }),
    ...(times !== undefined && { times }),
  };
}
