import { z } from 'zod';
import { commitmentCounts } from '../commitments/index.ts';
import { stuckCount } from '../delivery/index.ts';
import { sharedCount, sharedOnNode } from '../grants/index.ts';
import { intentCounts } from '../intents/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line } from '../kernel/schema.ts';
import { cameBackFrom } from '../parties/index.ts';
import { relationshipCounts } from '../relationships/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';

/** Of those on this node that share again what had perhaps been stopped, this many are named. */
const NAMED = 50;

const Restored = z.object({
  from: instant.describe('When the backup was made.'),
  sharedHere: z
    .array(z.object({ relationship: id, name: line }))
    .describe(
      'Who sees fields of mine, and lives on this node too: what I had stopped since, they see again.',
    ),
});

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
  restored: Restored.optional().describe('This node came back from a backup, until that is dismissed.'),
});

/** What waits for me now. */
export async function showToday(deps: BaseDeps, actor: PartyActor): Promise<Result<z.output<typeof Today>>> {
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const wants = await intentCounts(view, actor.home, now);
    const restored = await restoredNote(view, deps, actor);
    return ok({
      wants: { open: wants.open, held: wants.held, withOffers: [...wants.withOffers] },
      relationships: await relationshipCounts(view, actor.home),
      promises: await commitmentCounts(view, actor.home),
      shared: await sharedCount(view, actor.home, now),
      stuck: await stuckCount(view, actor.home),
      ...(restored && { restored }),
    });
  });
}

async function restoredNote(
  view: View,
  deps: BaseDeps,
  { home }: PartyActor,
): Promise<z.output<typeof Restored> | undefined> {
  const from = await cameBackFrom(view, home);
  if (from === undefined) return undefined;
  const sharedHere = await sharedOnNode(view, home, [...deps.ownHosts], deps.clock.now(), NAMED);
  return { from, sharedHere };
}
