import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Storefront } from './model.ts';
import { storefrontView } from './open-storefront.ts';
import { storefrontsOf } from './store.ts';

export const StorefrontList = z.object({ rows: z.array(Storefront) });

/** My storefronts, the first opened first. */
export async function listStorefronts(
  deps: BaseDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof StorefrontList>>> {
  const rows = await deps.storage.read((view) => storefrontsOf(view, actor.home));
  return ok({ rows: rows.map(storefrontView) });
}
