import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, page, words } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { endedWithSample } from './end-intents.ts';
import { IntentState } from './model.ts';
import { talliesOf } from './offer-store.ts';
import { pageIntents } from './store.ts';
import { Intent, intentView } from './view.ts';

export const ListIntents = z.object({
  ...page,
  state: IntentState.optional(),
  search: words.optional().describe('Words that the sentence holds.'),
});
export const IntentList = z.object({ rows: z.array(Intent), next: z.string().optional() });

const CURSOR = cursorOf('list-intents', [instant, id]);

/** My wants, newest first. Fails with `cursor-unknown`. */
export async function listIntents(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListIntents>,
): Promise<Result<z.output<typeof IntentList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const { state, search, limit } = input;
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const found = await pageIntents(view, actor.home, { state, search, after: after.value, limit, now });
    const { shown, next } = CURSOR.cut(found, limit, (row) => [row.created_at, row.id]);
    const ids = shown.map((row) => row.id);
    const tallies = await talliesOf(view, actor.home, ids, now);
    const ended = await endedWithSample(view, actor.home, shown);
    return ok({
      rows: shown.map((row) => intentView(row, tallies.get(row.id), now, ended.has(row.id))),
      ...next,
    });
  });
}
