import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, ok, type Result } from '../kernel/result.ts';
import { id, instant, page } from '../kernel/schema.ts';
import { categoryId, describeCell, parseCellId } from '../market/index.ts';
import { tables, type View } from '../storage/index.ts';
import type { DeskDeps } from './deps.ts';
import { SeenCast } from './model.ts';
import type { DeskTables, SeenRow } from './tables.ts';

export const ListCasts = z.object({
  alias: id.optional().describe('Only this one.'),
  category: categoryId.optional().describe('This category and what lies below it.'),
  answered: z.boolean().optional().describe('Only those I answered, or only those that wait.'),
  ...page,
});
type Input = z.output<typeof ListCasts>;

export const CastList = z.object({ rows: z.array(SeenCast), next: z.string().optional() });

const CURSOR = cursorOf('list-casts', [instant, id]);

/** Wants that fit what I serve by hand, the newest first: what is wanted, never by whom. Fails with `cursor-unknown`. */
export async function listCasts(
  deps: DeskDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof CastList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const now = deps.clock.now();
  const rows = await deps.storage.read((view) => seenRows(view, actor.home, input, after.value, now));
  const { shown, next } = CURSOR.cut(rows, input.limit, (row) => [row.received_at, row.alias]);
  return ok({ rows: shown.map((row) => seenView(deps, row, now)), ...next });
}

function seenRows(
  view: View,
  home: string,
  input: Input,
  after: readonly [at: Instant, alias: string] | undefined,
  now: Instant,
): Promise<SeenRow[]> {
  let query = tables<DeskTables>(view).selectFrom('desk_casts').selectAll().where('home_id', '=', home);
  const { category } = input;
  // A category's id begins with its parent's, and a cell's with its category's.
  if (category !== undefined) {
    query = query.where((e) =>
      e.or([e('cell', 'like', `${category}|%`), e('cell', 'like', `${category}-%`)]),
    );
  }
  if (input.alias !== undefined) query = query.where('alias', '=', input.alias);
  if (input.answered === true) query = query.where('state', '=', 'answered');
  if (input.answered === false) query = query.where('state', '=', 'new').where('until_at', '>', now);
  if (after) {
    const [at, alias] = after;
    query = query.where((e) =>
      e.or([e('received_at', '<', at), e.and([e('received_at', '=', at), e('alias', '>', alias)])]),
    );
  }
  return query
    .orderBy('received_at', 'desc')
    .orderBy('alias')
    .limit(input.limit + 1)
    .execute();
}

export function seenView(deps: DeskDeps, row: SeenRow, now: Instant): SeenCast {
  const cell = parseCellId(row.cell);
  assert(cell, 'a cast that was let in names a cell');
  return {
    alias: row.alias,
    storefront: row.storefront,
    cell,
    words: describeCell(cell, deps),
    requiredTerms: [row.terms],
    receivedAt: row.received_at,
    until: row.until_at,
    state: row.state === 'new' && row.until_at <= now ? 'expired' : row.state,
  };
}
