import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { endedWithSample } from './end-intents.ts';
import { IntentState } from './model.ts';
import { talliesOf } from './offer-store.ts';
import { pageIntents } from './store.ts';
import { Intent, intentView } from './view.ts';

export const ListIntents = z.object({
  ...page,
  state: IntentState.optional(),
  search: z.string().max(100).optional().describe('Words that the sentence holds.'),
});
export const IntentList = z.object({ rows: z.array(Intent), next: z.string().optional() });

/** My wants, newest first. */
export async function listIntents(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListIntents>,
): Promise<Result<z.output<typeof IntentList>>> {
  const after = input.after === undefined ? undefined : parseCursor(input.after);
  if (input.after !== undefined && !after) {
    return fail('cursor-malformed', 'That place in the list is not known.', 'Begin again from the top.');
  }
  const { state, search, limit } = input;
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const found = await pageIntents(view, actor.home, { state, search, after, limit, now });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const ids = shown.map((row) => row.id);
    const tallies = await talliesOf(view, actor.home, ids, now);
    const ended = await endedWithSample(view, actor.home, shown);
    const next = found.length > limit && last ? `${last.created_at}.${last.id}` : undefined;
    return ok({
      rows: shown.map((row) => intentView(row, tallies.get(row.id), now, ended.has(row.id))),
      ...(next !== undefined && { next }),
    });
  });
}

function parseCursor(cursor: string): { createdAt: number; id: string } | undefined {
  const found = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/.exec(cursor);
  return found?.[1] && found[2] ? { createdAt: Number(found[1]), id: found[2] } : undefined;
}
