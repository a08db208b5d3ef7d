import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { cursorOf } from '../kernel/cursor.ts';
import { idsOfPage, pageOrIds, sizeOf } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id, instant, words } from '../kernel/schema.ts';
import { categoryId, describeCell, parseCellId } from '../market/index.ts';
import { tables, type View } from '../storage/index.ts';
import type { DeskDeps } from './deps.ts';
import { foldText } from './fold.ts';
import { deskLimits } from './limits.ts';
import { SeenCast } from './model.ts';
import type { DeskTables, SeenRow } from './tables.ts';

export const ListCasts = z.object({
  alias: id.optional().describe('Only this one.'),
  category: categoryId.optional().describe('This category and what lies below it.'),
  answered: z.boolean().optional().describe('Only those I answered, or only those that wait.'),
  search: words.optional().describe('Words of what is wanted, where, for how much and by when.'),
  ...pageOrIds,
});
type Input = z.output<typeof ListCasts>;

export const CastList = z.object({
  rows: z.array(SeenCast),
  ...idsOfPage,
  next: z.string().optional(),
  total: z.int().describe('How many fit, on all pages.'),
});

const CURSOR = cursorOf('list-casts', [instant, id]);

/**
 * Wants that fit what I serve by hand, the newest first: what is wanted, never by whom. Fails with `cursor-unknown`, or
 * `search-too-wide` when more kinds of wants fit than one question can name.
 */
export async function listCasts(
  deps: DeskDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof CastList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const fitting = await castsThatFit(view, deps, actor.home, input, now);
    if (isFailure(fitting)) return fitting;
    const { total } = await fitting
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const rows = await rowsAfter(fitting, after.value)
      .limit(sizeOf(input) + 1)
      .execute();
    const { shown, next } = CURSOR.cut(rows, sizeOf(input), (row) => [row.received_at, row.alias]);
    if (input.idsOnly) return ok({ rows: [], ids: shown.map((row) => row.alias), total, ...next });
    return ok({ rows: shown.map((row) => seenView(deps, row, now)), total, ...next });
  });
}

type Casts = ReturnType<typeof castsOf>;

/** The query that the page and the count are both made of. */
async function castsThatFit(
  view: View,
  deps: DeskDeps,
  home: string,
  input: Input,
  now: Instant,
): Promise<Casts | Failure> {
  const casts = castsOf(view, home, input, now);
  if (!input.search?.trim()) return casts;
  // What is searched is what a cell says in words, and many casts share a cell: each is put into words once.
  const cells = await casts.select('cell').distinct().execute();
  const found = cells.map((row) => row.cell).filter((cell) => isSaid(deps, cell, input.search ?? ''));
  if (found.length > deskLimits.cellsSearched) {
    return fail('search-too-wide', 'Too many kinds of wants fit these words.', 'Add another word.');
  }
  return casts.where('cell', 'in', found.length === 0 ? [''] : found);
}

function castsOf(view: View, home: string, input: Input, now: Instant) {
  let query = tables<DeskTables>(view).selectFrom('desk_casts').where('home_id', '=', home);
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
  return query;
}

/** Every word of the search stands in what the cell says. */
function isSaid(deps: DeskDeps, id: string, search: string): boolean {
  const cell = parseCellId(id);
  const said = cell ? foldText(describeCell(cell, deps)) : '';
  return foldText(search)
    .split(' ')
    .every((word) => said.includes(word));
}

function rowsAfter(casts: Casts, after: readonly [at: Instant, alias: string] | undefined) {
  const query = casts.selectAll().orderBy('received_at', 'desc').orderBy('alias');
  if (!after) return query;
  const [at, alias] = after;
  return query.where((e) =>
    e.or([e('received_at', '<', at), e.and([e('received_at', '=', at), e('alias', '>', alias)])]),
  );
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
