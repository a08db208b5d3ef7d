import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { TIER_LIMITS } from './limits.ts';
import { type Named, type Rule, RuleContent, type WhyOff } from './model.ts';
import type { ActiveRule } from './rules.ts';
import type { ReleaseRow, RuleRow, TierTables } from './tables.ts';

const of = (view: View) => tables<TierTables>(view);

/** The rules of a party that are not removed, in the order in which they were written: the order in which they give. */
export async function ruleRows(view: View, home: HomeId): Promise<RuleRow[]> {
  return of(view)
    .selectFrom('tier_rules')
    .selectAll()
    .where('home_id', '=', home)
    .where('removed_at', 'is', null)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
}

/** The rule, also a removed one, or `rule-unknown`. */
export async function getRuleRow(view: View, home: HomeId, id: string): Promise<Result<RuleRow>> {
  const row = await of(view)
    .selectFrom('tier_rules')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? ok(row) : fail('rule-unknown', 'There is no such rule.', 'Look at the list of your rules.');
}

export async function insertRule(tx: Tx, row: Omit<RuleRow, 'home_id'>): Promise<void> {
  await of(tx)
    .insertInto('tier_rules')
    .values({ home_id: tx.home, ...row })
    .execute();
}

export async function updateRule(tx: Tx, id: string, change: Partial<RuleRow>): Promise<void> {
  await of(tx)
    .updateTable('tier_rules')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

/** Switches every rule of a party off, or every one that it last looked at until then, until it has looked at them again. */
export async function switchAllOff(tx: Tx, why: WhyOff, until?: Instant): Promise<void> {
  const on = await of(tx)
    .selectFrom('tier_rules')
    .select(['id', 'changed_at'])
    .where('home_id', '=', tx.home)
    .where('is_on', '=', true)
    .execute();
  for (const { id, changed_at: at } of on) {
    if (until !== undefined && at > until) continue;
    await updateRule(tx, id, { is_on: false, why_off: why });
    await dropWaiting(tx, { rule: id });
  }
}

/** Forgets rules that were removed before an instant, or before many others; what they gave keeps their names. */
export async function forgetRemoved(tx: Tx, before: Instant): Promise<void> {
  const removed = await of(tx)
    .selectFrom('tier_rules')
    .select(['id', 'removed_at'])
    .where('home_id', '=', tx.home)
    .where('removed_at', '>', 0)
    .orderBy('removed_at', 'desc')
    .orderBy('id')
    .execute();
  const old = removed.filter((it, index) => index >= TIER_LIMITS.removed || (it.removed_at ?? 0) < before);
  for (const { id } of old)
    await of(tx).deleteFrom('tier_rules').where('home_id', '=', tx.home).where('id', '=', id).execute();
}

export function contentOf(row: Pick<RuleRow, 'content'>): RuleContent {
  return RuleContent.parse(JSON.parse(row.content)); // put-rule wrote it
}

export function ruleView(row: RuleRow): Rule {
  const { id, is_on: isOn, why_off: whyOff, changed_at: changedAt } = row;
  return { id, isOn, ...(whyOff !== null && { whyOff }), changedAt, ...contentOf(row) };
}

/** The rules that act now. */
export async function activeRules(view: View, home: HomeId): Promise<ActiveRule[]> {
  const rows = await ruleRows(view, home);
  return rows.filter((row) => row.is_on).map((row) => ({ id: row.id, ...contentOf(row) }));
}

export async function neverOf(view: View, home: HomeId): Promise<Named[]> {
  return of(view)
    .selectFrom('tier_never')
    .select(['kind', 'value'])
    .where('home_id', '=', home)
    .orderBy('kind')
    .orderBy('value')
    .execute();
}

export async function replaceNever(tx: Tx, entries: readonly Named[]): Promise<void> {
  await of(tx).deleteFrom('tier_never').where('home_id', '=', tx.home).execute();
  for (const { kind, value } of entries)
    await of(tx).insertInto('tier_never').values({ home_id: tx.home, kind, value }).execute();
}

export async function releasesIn(view: View, home: HomeId, rels: readonly string[]): Promise<ReleaseRow[]> {
  return rels.length === 0
    ? []
    : of(view)
        .selectFrom('tier_releases')
        .selectAll()
        .where('home_id', '=', home)
        .where('rel', 'in', rels)
        .orderBy('id')
        .execute();
}

export async function getRelease(view: View, home: HomeId, id: string): Promise<ReleaseRow | undefined> {
  return of(view)
    .selectFrom('tier_releases')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertRelease(tx: Tx, row: Omit<ReleaseRow, 'home_id'>): Promise<void> {
  await of(tx)
    .insertInto('tier_releases')
    .values({ home_id: tx.home, ...row })
    .execute();
}

export async function updateRelease(tx: Tx, id: string, change: Partial<ReleaseRow>): Promise<void> {
  await of(tx)
    .updateTable('tier_releases')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

export async function waitingRows(tx: Tx): Promise<ReleaseRow[]> {
  return of(tx)
    .selectFrom('tier_releases')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .execute();
}

/** Forgets what waits for my word: of one rule, of one item in one relationship, or all of it. */
export async function dropWaiting(
  tx: Tx,
  which: { readonly rule?: string; readonly rel?: string; readonly item?: string },
): Promise<void> {
  let query = of(tx)
    .deleteFrom('tier_releases')
    .where('home_id', '=', tx.home)
    .where('state', '=', 'waiting');
  if (which.rule !== undefined) query = query.where('rule', '=', which.rule);
  if (which.rel !== undefined) query = query.where('rel', '=', which.rel);
  if (which.item !== undefined) query = query.where('item', '=', which.item);
  await query.execute();
}
