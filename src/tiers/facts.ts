import { keptByShops, keptPromises } from '../commitments/index.ts';
import { countingIn, type GrantRow, myGrantsIn } from '../grants/index.ts';
import { asksOfOffers } from '../intents/index.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { RelationshipRow, RelationshipTables } from '../relationships/index.ts';
import { tables, type View } from '../storage/index.ts';
import type { Facts } from './facts-rules.ts';
import { releasesIn } from './store.ts';
import type { ReleaseRow } from './tables.ts';

/** Relationships by id, a few at a time; ended ones too where what was is asked for. */
export async function someRelationships(
  view: View,
  home: HomeId,
  which: {
    readonly after: string;
    readonly states: readonly RelationshipRow['state'][];
    readonly limit: number;
  },
): Promise<RelationshipRow[]> {
  return tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .selectAll()
    .where('home_id', '=', home)
    .where('state', 'in', which.states)
    .where('id', '>', which.after)
    .orderBy('id')
    .limit(which.limit)
    .execute();
}

export async function countRelationships(
  view: View,
  home: HomeId,
  states: readonly RelationshipRow['state'][],
): Promise<number> {
  const row = await tables<RelationshipTables>(view)
    .selectFrom('relationships')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('state', 'in', states)
    .executeTakeFirstOrThrow();
  return row.total;
}

/** What is known of these relationships, together. */
export async function factsOf(view: View, home: HomeId, rows: readonly RelationshipRow[]): Promise<Facts[]> {
  const rels = rows.map((row) => row.id);
  const grants = Map.groupBy(await myGrantsIn(view, home, rels), (row) => row.rel);
  const counting = await countingIn(view, home, rels);
  const releases = Map.groupBy(await releasesIn(view, home, rels), (row) => row.rel);
  const bought = rows.filter((row) => row.side === 'buyer');
  const asks = await asksOfOffers(
    view,
    home,
    bought.map((row) => row.offer),
  );
  const kept = Map.groupBy(await keptPromises(view, home, rels), (it) => it.rel);
  const shops = [...new Set(bought.map((row) => row.storefront))];
  const byShop = Map.groupBy(await keptByShops(view, home, shops), (it) => it.shop);
  return rows.map((row) => {
    const here = (kept.get(row.id) ?? []).map((it) => it.at);
    return {
      rel: row.id,
      side: row.side,
      isOpen: row.state === 'active' && row.reconciling_at === null && row.theirs !== null,
      agreedAt: row.state === 'asked' || row.state === 'refused' ? undefined : row.since_at,
      isCounting: counting.has(row.id),
      kept: here,
      keptByShop: row.side === 'buyer' ? (byShop.get(row.storefront) ?? []).map((it) => it.at) : here,
      asks: row.side === 'buyer' ? (asks.get(row.offer) ?? []) : [],
      ...historyIn(grants.get(row.id) ?? [], releases.get(row.id) ?? []),
    };
  });
}

function historyIn(
  grants: readonly GrantRow[],
  releases: readonly ReleaseRow[],
): Pick<Facts, 'given' | 'answered'> {
  const replaced = new Set(releases.flatMap((row) => (row.is_replaced && row.given ? [row.given] : [])));
  return {
    given: grants.map((row) => ({
      ...{ id: row.id, item: row.item, property: row.property, state: row.state },
      ...{
        since: row.since_at,
        until: row.until_at,
        stoppedAt: row.stopped_at,
        isReplaced: replaced.has(row.id),
        isSpent: row.stopped_by === 'count',
      },
    })),
    answered: releases.map((row) => ({
      ...{ item: row.item, property: row.property, version: row.version, state: row.state, grant: row.given },
    })),
  };
}
