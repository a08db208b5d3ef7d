import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { line } from '../kernel/schema.ts';
import type { MarketDeps } from './deps.ts';
import { marketsOf } from './directory.ts';
import { base64url } from './parts.ts';
import { Whereabouts, whereabouts } from './reached.ts';

export const MarketList = z.object({
  rows: z.array(
    z.object({
      id: base64url,
      name: line,
      isSample: z.boolean(),
      operator: line,
      smallest: z.int(),
      ...Whereabouts.shape,
    }),
  ),
});

/** The markets that this node knows, real ones first. */
export async function listMarkets(
  deps: MarketDeps,
  _actor: Actor,
): Promise<Result<z.output<typeof MarketList>>> {
  const known = await deps.storage.read((view) => marketsOf(view));
  return ok({
    rows: known.map(({ id, name, isSample, rules, address }) => ({
      id,
      name,
      isSample,
      operator: rules.operator,
      smallest: rules.smallest,
      ...whereabouts(deps, { address }),
    })),
  });
}
