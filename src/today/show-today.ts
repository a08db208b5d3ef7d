import { z } from 'zod';
import { commitmentCounts } from '../commitments/index.ts';
import { stuckCount } from '../delivery/index.ts';
import { sharedCount } from '../grants/index.ts';
import { intentCounts } from '../intents/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant } from '../kernel/schema.ts';
import { relationshipCounts } from '../relationships/index.ts';
import type { BaseDeps } from '../storage/index.ts';

export const Today = z.object({
  wants: z.object({
    open: z.int(),
    held: z.int(),
    withOffers: z.array(z.object({ id, sentence: z.string(), fitting: z.int(), last: instant })),
  }),
  relationships: z.object({ active: z.int(), asked: z.int(), unread: z.int() }),
  promises: z.object({
    mineOpen: z.int().describe('What I promised and have not done.'),
    toConfirm: z.int().describe('What they say is done and waits for my word.'),
  }),
  shared: z.int().describe('Fields of mine that somebody can see now.'),
  stuck: z.int().describe('What I sent that has not arrived.'),
});

/** What waits for me now. */
export async function showToday(deps: BaseDeps, actor: PartyActor): Promise<Result<z.output<typeof Today>>> {
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const wants = await intentCounts(view, actor.home, now);
    return ok({
      wants: { open: wants.open, held: wants.held, withOffers: [...wants.withOffers] },
      relationships: await relationshipCounts(view, actor.home),
      promises: await commitmentCounts(view, actor.home),
      shared: await sharedCount(view, actor.home, now),
      stuck: await stuckCount(view, actor.home),
    });
  });
}
