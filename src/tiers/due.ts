import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { findRelationship, type RelationshipTables } from '../relationships/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { TIER_LIMITS } from './limits.ts';
import type { TierTables } from './tables.ts';

/** The topic that wakes whoever looks at rules, after a commit. */
export const RULES = 'rules';

const of = (view: View) => tables<TierTables>(view);

/** Notes that something changed in a relationship that a rule may wait for. Costs nothing where no rule is on. */
export async function noteTrust(tx: Tx, rel: string, at: Instant): Promise<void> {
  const on = await of(tx)
    .selectFrom('tier_rules')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('is_on', '=', true)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (!on) return;
  for (const due of new Set([rel, ...(await openWithSameShop(tx, rel))])) await noteDue(tx, due, at);
  tx.wake(RULES);
}

/** Notes that a relationship is to be looked at in the next round. */
export async function noteDue(tx: Tx, rel: string, at: Instant): Promise<void> {
  await of(tx)
    .insertInto('tier_due')
    .values({ home_id: tx.home, rel, since_at: at })
    .onConflict((c) => c.columns(['home_id', 'rel']).doNothing())
    .execute();
}

/** A promise kept by a shop counts in every relationship with it. */
async function openWithSameShop(tx: Tx, rel: string): Promise<string[]> {
  const row = await findRelationship(tx, tx.home, rel);
  if (row?.side !== 'buyer') return [];
  const rows = await tables<Pick<RelationshipTables, 'relationships'>>(tx)
    .selectFrom('relationships')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('storefront', '=', row.storefront)
    .where('side', '=', 'buyer')
    .where('state', '=', 'active')
    .orderBy('id')
    .limit(TIER_LIMITS.together)
    .execute();
  return rows.map((it) => it.id);
}

/** Where something is due, a few at a time. */
export async function dueIn(view: View, home: HomeId, after: string): Promise<string[]> {
  const rows = await of(view)
    .selectFrom('tier_due')
    .select('rel')
    .where('home_id', '=', home)
    .where('rel', '>', after)
    .orderBy('rel')
    .limit(TIER_LIMITS.together)
    .execute();
  return rows.map((row) => row.rel);
}

export async function dropDue(tx: Tx, rel: string): Promise<void> {
  await of(tx).deleteFrom('tier_due').where('home_id', '=', tx.home).where('rel', '=', rel).execute();
}

/** Homes where somebody is to be looked at because something changed. */
export async function homesWithDue(view: View): Promise<HomeId[]> {
  const rows = await of(view)
    .selectFrom('tier_due')
    .select('home_id')
    .distinct()
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/** Homes whose rules have looked at everybody too long ago, or not at all since they were switched on. */
export async function homesToLookAt(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await of(view)
    .selectFrom('tier_rules')
    .select('home_id')
    .distinct()
    .where('is_on', '=', true)
    .where('removed_at', 'is', null)
    .where((e) => e.or([e('looked_at', 'is', null), e('looked_at', '<=', now - TIER_LIMITS.lookAgainMs)]))
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/** States in which nothing is said any more, so that nothing that is missing there is waited for. */
const OVER = ['ended', 'refused'] as const;

/**
 * Homes with rules that are on while a relationship asks what was said since a backup, and since when it asks: those rules,
 * and what is never given, may be older than the party's last word on them. What was looked at since then is no older: one
 * other side that stays silent does not keep all rules off for good.
 */
export async function homesThatForgot(
  view: View,
): Promise<{ readonly home: HomeId; readonly since: Instant }[]> {
  const rows = await tables<TierTables & Pick<RelationshipTables, 'relationships'>>(view)
    .selectFrom('tier_rules as t')
    .innerJoin('relationships as r', 'r.home_id', 't.home_id')
    .select((e) => ['t.home_id', e.fn.max('r.reconciling_at').as('since')])
    .where('t.is_on', '=', true)
    .where('r.reconciling_at', '>', 0)
    .where('r.state', 'not in', OVER)
    .whereRef('t.changed_at', '<=', 'r.reconciling_at')
    .groupBy('t.home_id')
    .orderBy('t.home_id')
    .execute();
  return rows.map((row) => ({ home: row.home_id, since: Number(row.since) }));
}
