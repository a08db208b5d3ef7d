import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { id, instant } from '../kernel/schema.ts';
import type { RelationshipTables } from '../relationships/index.ts';
import { likeAnywhere, tables, type View } from '../storage/index.ts';
import type { GrantRow, GrantTables } from './model.ts';

/** Lists of grants go through one part after the other; each is a stretch of an index. */
const PARTS = ['waiting', 'seen', 'past', 'stopped'] as const;
type Part = (typeof PARTS)[number];

export const WhichGrants = z
  .enum(['now', 'over'])
  .describe('now: what can be seen, and what is still to go out; over: what was stopped or has expired.');
type WhichGrants = z.infer<typeof WhichGrants>;

const OF: Readonly<Record<WhichGrants, readonly Part[]>> = {
  now: ['waiting', 'seen'],
  over: ['past', 'stopped'],
};

/** Of mine before theirs, and of what is before what was. */
const STRETCHES = (['now', 'over'] as const).flatMap((state) =>
  [true, false].flatMap((isMine) => OF[state].map((part) => ({ part, state, isMine }))),
);

/** Which stretch, when, and which grant: what stands in a cursor. */
export const GRANT_PLACE = [
  z
    .int()
    .min(0)
    .max(STRETCHES.length - 1),
  instant,
  id,
] as const;
type GrantPlace = readonly [stretch: number, at: Instant, id: string];

interface Wanted {
  readonly relationship?: string | undefined;
  readonly isMine?: boolean | undefined;
  readonly state?: WhichGrants | undefined;
  readonly search?: string | undefined;
  /** Only what is of one of these. */
  readonly named?: { readonly properties: readonly string[]; readonly items: readonly string[] } | undefined;
  readonly after: GrantPlace | undefined;
  readonly limit: number;
}

interface ListedGrant {
  readonly row: GrantRow & { readonly name: string; readonly last_at: Instant };
  readonly place: [stretch: number, at: Instant, id: string];
}

/** What waits, then what is seen, the newest first; then what is over, the latest end first. */
export async function pageGrants(
  view: View,
  home: HomeId,
  wanted: Wanted,
  now: Instant,
): Promise<ListedGrant[]> {
  const found: ListedGrant[] = [];
  const [from] = wanted.after ?? [0];
  for (const [stretch, { part, state, isMine }] of STRETCHES.entries()) {
    const isAsked = (wanted.state ?? state) === state && (wanted.isMine ?? isMine) === isMine;
    const limit = wanted.limit - found.length;
    if (!isAsked || stretch < from || limit <= 0) continue;
    const after = stretch === from ? wanted.after : undefined;
    const rows = await stretchOf(view, home, { ...wanted, isMine, after, limit }, part, now);
    for (const { at, ...row } of rows) found.push({ row, place: [stretch, at, row.id] });
  }
  return found;
}

/** The order of a part, in the very words of its index. */
const AT: Readonly<Record<Part, RawBuilder<number>>> = {
  waiting: sql`coalesce(g.since_at, 0)`,
  seen: sql`coalesce(g.since_at, 0)`,
  past: sql`g.until_at`,
  stopped: sql`coalesce(g.stopped_at, 0)`,
};

function stretchOf(view: View, home: HomeId, wanted: Wanted, part: Part, now: Instant) {
  const at = AT[part];
  let query = tables<GrantTables & Pick<RelationshipTables, 'relationships'>>(view)
    .selectFrom('grants as g')
    .innerJoin('relationships as r', (join) =>
      join.onRef('r.home_id', '=', 'g.home_id').onRef('r.id', '=', 'g.rel'),
    )
    .selectAll('g')
    .select(['r.name', 'r.last_at', at.as('at')])
    .where('g.home_id', '=', home);
  const { relationship, isMine, search, named, after } = wanted;
  if (isMine !== undefined) query = query.where('g.is_mine', '=', isMine);
  if (relationship !== undefined) query = query.where('g.rel', '=', relationship);
  if (named)
    query = query.where((e) =>
      // A database takes no list of nothing.
      e.or([
        ...(named.properties.length > 0 ? [e('g.property', 'in', named.properties)] : []),
        ...(named.items.length > 0 ? [e('g.item', 'in', named.items)] : []),
      ]),
    );
  if (part === 'past') query = query.where('g.state', 'in', ['planned', 'active']);
  else query = query.where('g.state', '=', STATE[part]);
  if (part === 'past') query = query.where('g.until_at', '<=', now);
  else if (part !== 'stopped')
    query = query.where((e) => e.or([e('g.until_at', 'is', null), e('g.until_at', '>', now)]));
  const words = search?.trim().toLowerCase();
  if (words) {
    const like = likeAnywhere(words);
    query = query.where(
      sql<boolean>`(lower(r.name) like ${like} escape '!' or lower(g.label) like ${like} escape '!')`,
    );
  }
  if (after) {
    const [, last, lastId] = after;
    query = query.where(sql<boolean>`${at} <= ${last} and (${at} < ${last} or g.id < ${lastId})`);
  }
  return query.orderBy(at, 'desc').orderBy('g.id', 'desc').limit(wanted.limit).execute();
}

const STATE = { waiting: 'planned', seen: 'active', stopped: 'stopped' } as const;

interface Counted {
  readonly relationship?: string | undefined;
  readonly isMine?: boolean | undefined;
}

/** How many there are now, and how many that are over: in one relationship, or of everybody. */
export async function countGrants(
  view: View,
  home: HomeId,
  of: Counted,
  now: Instant,
): Promise<Record<'now' | 'over', number>> {
  let query = tables<GrantTables>(view).selectFrom('grants').where('home_id', '=', home);
  if (of.isMine !== undefined) query = query.where('is_mine', '=', of.isMine);
  if (of.relationship !== undefined) query = query.where('rel', '=', of.relationship);
  const { total, over } = await query
    .select((e) => [
      e.fn.countAll<number>().as('total'),
      e.fn
        .countAll<number>()
        .filterWhere((on) => on.or([on('state', '=', 'stopped'), on('until_at', '<=', now)]))
        .as('over'),
    ])
    .executeTakeFirstOrThrow();
  return { now: total - over, over };
}

/** How much of mine waits to go out in one relationship, and how much of that with a number of openings. */
export async function countWaiting(
  view: View,
  home: HomeId,
  relationship: string,
  now: Instant,
): Promise<Record<'waiting' | 'waitingCounted', number>> {
  return tables<GrantTables>(view)
    .selectFrom('grants')
    .select((e) => [e.fn.countAll<number>().as('waiting'), e.fn.count<number>('times').as('waitingCounted')])
    .where('home_id', '=', home)
    .where('rel', '=', relationship)
    .where('is_mine', '=', true)
    .where('state', '=', 'planned')
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
    .executeTakeFirstOrThrow();
}

/** How many items of mine how many others can see now. */
export async function countSeen(
  view: View,
  home: HomeId,
  now: Instant,
): Promise<Record<'items' | 'parties', number>> {
  return tables<GrantTables>(view)
    .selectFrom('grants')
    .select([
      sql<number>`count(distinct coalesce(item, property))`.as('items'),
      sql<number>`count(distinct rel)`.as('parties'),
    ])
    .where('home_id', '=', home)
    .where('is_mine', '=', true)
    .where('state', '=', 'active')
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
    .executeTakeFirstOrThrow();
}
