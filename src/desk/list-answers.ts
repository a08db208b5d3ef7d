import { z } from 'zod';
import type { DeliveryTables } from '../delivery/index.ts';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, page } from '../kernel/schema.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { answerView } from './answer-view.ts';
import { OwnAnswer } from './model.ts';
import type { DeskTables, OfferRow } from './tables.ts';

export const ListAnswers = z.object(page);
export const AnswerList = z.object({ rows: z.array(OwnAnswer), next: z.string().optional() });

const CURSOR = cursorOf('list-answers', [instant, id]);

/** My answers by hand, the newest first. Fails with `cursor-unknown`. */
export async function listAnswers(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListAnswers>,
): Promise<Result<z.output<typeof AnswerList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const rows = await answerRows(view, actor.home, after.value, input.limit + 1);
    const { shown, next } = CURSOR.cut(rows, input.limit, (row) => [row.made_at, row.id]);
    const problems = await refusals(
      view,
      actor.home,
      shown.map((row) => row.id),
    );
    return ok({
      rows: shown.map((row) => answerView(row, problems.get(row.id) ?? null, now)),
      ...next,
    });
  });
}

function answerRows(
  view: View,
  home: string,
  after: readonly [at: number, id: string] | undefined,
  limit: number,
): Promise<OfferRow[]> {
  let query = tables<DeskTables>(view)
    .selectFrom('desk_offers')
    .selectAll()
    .where('home_id', '=', home)
    .where('kind', '=', 'answer');
  if (after) {
    const [at, id] = after;
    query = query.where((e) =>
      e.or([e('made_at', '<', at), e.and([e('made_at', '=', at), e('id', '<', id)])]),
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
