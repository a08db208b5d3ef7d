import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import { idsOfPage, pageOrIds, sizeOf } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, words } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { endedWithSample } from './end-intents.ts';
import { IntentState } from './model.ts';
import { talliesOf } from './offer-store.ts';
import { countIntents, pageIntents } from './store.ts';
import { Intent, intentView } from './view.ts';

export const ListIntents = z.object({
  ...pageOrIds,
  state: IntentState.optional(),
  search: words.optional().describe('Words that the sentence holds.'),
});
export const IntentList = z.object({
  rows: z.array(Intent),
  ...idsOfPage,
  next: z.string().optional(),
  total: z.int().describe('How many fit, on all pages.'),
});

const CURSOR = cursorOf('list-intents', [instant, id]);

/** My wants, newest first. Fails with `cursor-unknown`. */
export async function listIntents(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListIntents>,
): Promise<Result<z.output<typeof IntentList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const limit = sizeOf(input);
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const { state, search } = input;
    const found = await pageIntents(view, actor.home, { state, search, after: after.value, limit, now });
    const { shown, next } = CURSOR.cut(found, limit, (row) => [row.created_at, row.id]);
    const total = await countIntents(view, actor.home, { state, search, now });
    const ids = shown.map((row) => row.id);
    if (input.idsOnly) return ok({ rows: [], ids, total, ...next });
    const tallies = await talliesOf(view, actor.home, ids, now);
    const ended = await endedWithSample(view, actor.home, shown);
    return ok({
      rows: shown.map((row) => intentView(row, tallies.get(row.id), now, ended.has(row.id))),
      total,
      ...next,
    });
  });
}
