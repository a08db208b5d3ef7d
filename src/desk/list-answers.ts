import { z } from 'zod';
import type { DeliveryTables } from '../delivery/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { page } from '../kernel/schema.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { answerView } from './answer-view.ts';
import { cursorMalformed } from './list-listings.ts';
import { OwnAnswer } from './model.ts';
import type { DeskTables, OfferRow } from './tables.ts';

export const ListAnswers = z.object(page);
export const AnswerList = z.object({ rows: z.array(OwnAnswer), next: z.string().optional() });

/** My answers by hand, the newest first. Fails with `cursor-malformed`. */
export async function listAnswers(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListAnswers>,
): Promise<Result<z.output<typeof AnswerList>>> {
  const cursor = input.after === undefined ? undefined : /^(\d{1,15})\.([\w-]{1,64})$/.exec(input.after);
  if (cursor === null) return cursorMalformed();
  const after = cursor && { at: Number(cursor[1]), id: String(cursor[2]) };
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const rows = await answerRows(view, actor.home, after, input.limit + 1);
    const shown = rows.slice(0, input.limit);
    const problems = await refusals(
      view,
      actor.home,
      shown.map((row) => row.id),
    );
    const last = shown.at(-1);
    return ok({
      rows: shown.map((row) => answerView(row, problems.get(row.id) ?? null, now)),
      ...(rows.length > shown.length && last && { next: `${last.made_at}.${last.id}` }),
    });
  });
}

function answerRows(
  view: View,
  home: string,
  after: { readonly at: number; readonly id: string } | undefined,
  limit: number,
): Promise<OfferRow[]> {
  let query = tables<DeskTables>(view)
    .selectFrom('desk_offers')
    .selectAll()
    .where('home_id', '=', home)
    .where('kind', '=', 'answer');
  if (after) {
    query = query.where((e) =>
      e.or([e('made_at', '<', after.at), e.and([e('made_at', '=', after.at), e('id', '<', after.id)])]),
    );
  }
  return query.orderBy('made_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** The codes of the receipts with which the market refused answers. */
async function refusals(
  view: View,
  home: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tables<DeliveryTables>(view)
    .selectFrom('outbox')
    .select(['about', 'problem'])
    .where('home_id', '=', home)
    .where('about', 'in', ids)
    .where('state', '=', 'refused')
    .execute();
  return new Map(rows.map((row) => [row.about ?? '', row.problem ?? 'refused']));
}
