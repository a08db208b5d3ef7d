import { z } from 'zod';
import { countFollowing } from '../grants/index.ts';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { View } from '../storage/index.ts';
import { countNaming } from '../tiers/index.ts';
import type { Category } from '../vault/index.ts';

/** What others no longer get by themselves of a category that the node does not read. */
export const Stopped = z.object({
  grants: z
    .int()
    .min(0)
    .describe('What I give and give newer values of, which ends with the value they have.'),
  rules: z.int().min(0).describe('Rules of my own that are on and name something of it.'),
});

export async function countStopped(
  view: View,
  home: HomeId,
  category: Category,
  now: Instant,
): Promise<z.output<typeof Stopped>> {
  return {
    grants: await countFollowing(view, home, category, now),
    rules: await countNaming(view, home, category),
  };
}
