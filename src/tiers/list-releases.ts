import { z } from 'zod';
import { Times } from '../grants/index.ts';
import { cursorOf } from '../kernel/cursor.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line, page, text } from '../kernel/schema.ts';
import type { RelationshipTables } from '../relationships/index.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { entryOf, getItems } from '../vault/index.ts';
import { Why } from './model.ts';
import type { ReleaseRow, TierTables } from './tables.ts';

const State = z.enum(['waiting', 'given', 'declined']);

export const ListReleases = z.object({
  ...page,
  relationship: id.optional().describe('What rules did in one relationship; everywhere when left out.'),
  state: State.optional(),
  grants: z
    .array(id)
    .min(1)
    .max(LIMITS.pageRows)
    .optional()
    .describe('Only what became these grants: by which rule each of them was given.'),
});
const Release = z.object({
  id,
  rule: id,
  ruleName: line,
  relationship: id,
  with: line,
  item: id,
  property: line,
  label: line,
  purpose: text,
  until: instant.optional(),
  times: Times.optional(),
  state: State.describe('waiting is for my word; declined is my no.'),
  at: instant,
  grant: id.optional(),
  isReplaced: z.boolean().describe('A later version was given in its place.'),
  why: Why,
});
export const ReleaseList = z.object({ rows: z.array(Release), next: z.string().optional() });

const CURSOR = cursorOf('list-releases', [instant, id]);

/** What rules gave, what waits for my word, and what I declined, newest first, each with why. Fails with `cursor-unknown`. */
export async function listReleases(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListReleases>,
): Promise<Result<z.output<typeof ReleaseList>>> {
  const place = CURSOR.read(input.after);
  if (!place.ok) return place;
  const found = await deps.storage.read(async (view) =>
    named(view, deps, actor.home, await pageReleases(view, actor.home, input, place.value)),
  );
  const { shown, next } = CURSOR.cut(found, input.limit, (row) => [row.at, row.id]);
  return ok({ rows: shown.map(releaseView), ...next });
}

type Found = ReleaseRow & { readonly name: string };

async function pageReleases(
  view: View,
  home: HomeId,
  { relationship, state, grants, limit }: z.output<typeof ListReleases>,
  after: readonly [number, string] | undefined,
): Promise<Found[]> {
  let query = tables<TierTables & Pick<RelationshipTables, 'relationships'>>(view)
    .selectFrom('tier_releases as t')
    .innerJoin('relationships as r', (join) =>
      join.onRef('r.home_id', '=', 't.home_id').onRef('r.id', '=', 't.rel'),
    )
    .selectAll('t')
    .select('r.name')
    .where('t.home_id', '=', home);
  if (relationship !== undefined) query = query.where('t.rel', '=', relationship);
  if (state !== undefined) query = query.where('t.state', '=', state);
  if (grants !== undefined) query = query.where('t.given', 'in', grants);
  if (after) {
    const [at, last] = after;
    query = query.where((e) => e.or([e('t.at', '<', at), e.and([e('t.at', '=', at), e('t.id', '>', last)])]));
  }
  return query
    .orderBy('t.at', 'desc')
    .orderBy('t.id')
    .limit(limit + 1)
    .execute();
}

/** What was not given goes by the name that it has now, or by that of its property when it is gone. */
async function named(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  rows: readonly Found[],
): Promise<readonly Found[]> {
  const open = rows.filter((row) => row.state !== 'given').map((row) => row.item);
  const items = new Map((await getItems(view, deps, home, open)).map((item) => [item.id, item.label]));
  return rows.map((row) =>
    row.state === 'given' ? row : { ...row, label: items.get(row.item) ?? entryOf(row.property).label },
  );
}

function releaseView(row: Found): z.output<typeof Release> {
  const { id, rule, rule_name: ruleName, rel: relationship, item, property, label, purpose, state, at } = row;
  return {
    ...{ id, rule, ruleName, relationship, with: row.name, item, property, label, purpose, state, at },
    ...(row.until_at !== null && { until: row.until_at }),
    ...(row.times !== null && { times: row.times }),
    ...(row.given !== null && { grant: row.given }),
    isReplaced: row.is_replaced,
    why: Why.parse(JSON.parse(row.why)), // act.ts wrote it
  };
}
