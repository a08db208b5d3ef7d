import { fromBase64url } from '../kernel/bytes.ts';
import {
  marketLimits,
  type OutcomeResult,
  readOutcome,
  type StorefrontRef,
  type Standing as Told,
} from '../market/index.ts';
import type { Standing } from './model.ts';

/**
 * A vendor's promises as this home can check them: each outcome signed by a buyer's key and by the very key that
 * signed the offer, naming this storefront, one per agreement and one per buyer's key. What the market merely says
 * is kept apart, as `claimed`.
 */
export function checkStanding(told: Told, storefront: StorefrontRef): Standing {
  const counts: Record<OutcomeResult, number> = { kept: 0, late: 0, broken: 0, repaired: 0 };
  const key = fromBase64url(storefront.key);
  const seen = new Set<string>();
  for (const wire of key ? told.records.slice(0, marketLimits.standingRecords) : []) {
    const read = key && readOutcome(wire, key);
    if (!read?.ok || read.value.value.storefront !== storefront.id) continue;
    const { agreement, buyerKey, result } = read.value.value;
    if (seen.has(agreement) || seen.has(buyerKey)) continue;
    seen.add(agreement).add(buyerKey);
    counts[result] += 1;
  }
  const { kept, late, broken, repaired } = counts;
  const claimed = told.kept + told.late + told.broken + told.repaired;
  return { kept, late, broken, repaired, records: kept + late + broken + repaired, claimed };
}
