import { myGrantsIn, planGrants, sendPlannedGrants, theirKey } from '../grants/index.ts';
import type { HomeId } from '../kernel/ids.ts';
import { newId } from '../kernel/ids.ts';
import { assert, isFailure, ok, type Result } from '../kernel/result.ts';
import {
  actIn,
  type RelationshipDeps,
  type RelationshipRow,
  relationshipFor,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { dropDue, noteDue, RULES } from './due.ts';
import { factsOf } from './facts.ts';
import { TIER_LIMITS } from './limits.ts';
import { type ActiveRule, decide, type Release, type Stock } from './rules.ts';
import { stockFor, stockOf } from './stock.ts';
import { activeRules, dropWaiting, insertRelease, releasesIn, updateRelease } from './store.ts';

/**
 * The relationship, while something can be given there now. To a side that has named no key nothing goes out but by a person's
 * word: what a rule would give there would only wait, and the version before it would be taken back for nothing.
 */
async function openNow(tx: Tx, rel: string): Promise<RelationshipRow | undefined> {
  const row = await relationshipFor(tx, rel, 'speak');
  if (!row.ok || row.value.reconciling_at !== null) return undefined;
  return (await theirKey(tx, tx.home, rel)) ? row.value : undefined;
}

/**
 * Gives in one relationship what the rules that are on give there now, of all items or of these: what is decided, the record of each
 * grant and the row that says why stand in one transaction, so that a round that is cut off and begun again gives nothing
 * twice. What waits for my word is only written down. Answers how much is new.
 */
export async function giveIn(
  deps: RelationshipDeps,
  home: HomeId,
  rel: string,
  items?: readonly string[],
): Promise<Result<number>> {
  return deps.storage.transact(home, async (tx) => {
    await dropDue(tx, rel);
    const row = await openNow(tx, rel);
    const rules = row ? await activeRules(tx, home) : [];
    if (!row || rules.length === 0) return ok(0);
    const stock = items ? await stockOf(tx, deps, home, items) : await stockFor(tx, deps, home, rules);
    const due = await releasesNow(tx, deps, row, rules, stock);
    const all = due.slice(0, TIER_LIMITS.atOnce);
    // What is too much for one round follows in the next one.
    if (due.length > all.length) {
      await noteDue(tx, rel, deps.clock.now());
      tx.wake(RULES);
    }
    const asking = all.filter((it) => it.isAsking);
    for (const release of asking)
      await insertRelease(tx, { ...rowOf(deps, row.id, release), label: '', state: 'waiting' });
    const given = await give(
      tx,
      deps,
      row,
      all.filter((it) => !it.isAsking),
    );
    return given.ok ? ok(asking.length + given.value) : given;
  });
}

async function releasesNow(
  tx: Tx,
  deps: RelationshipDeps,
  row: RelationshipRow,
  rules: readonly ActiveRule[],
  stock: Stock,
): Promise<Release[]> {
  const [facts] = await factsOf(tx, tx.home, [row]);
  assert(facts, 'what is open is known');
  const decided = decide(rules, stock, facts, deps.clock.now());
  return decided.flatMap((it) => it.releases);
}

function rowOf(deps: RelationshipDeps, rel: string, release: Release) {
  const { rule, ruleName: rule_name, item, property, label, version, purpose, until, times, why } = release;
  const when = {
    until_at: until ?? null,
    times: times ?? null,
    why: JSON.stringify(why),
    at: deps.clock.now(),
  };
  const what = { rule, rule_name, step: why.step, rel, item, property, label, version, purpose };
  return { id: newId(deps.random), ...what, ...when, given: null, is_replaced: false };
}

/** Sends these, one record each, and writes down which grant each became. */
async function give(
  tx: Tx,
  deps: RelationshipDeps,
  row: RelationshipRow,
  releases: readonly Release[],
): Promise<Result<number>> {
  if (releases.length === 0) return ok(0);
  const before = new Set((await myGrantsIn(tx, tx.home, [row.id])).map((it) => it.id));
  const chosen = releases.map(({ item, purpose, until, times }) => ({
    ...{ item, purpose },
    ...(until && { until }),
    ...(times && { times }),
  }));
  const planned = await planGrants(tx, deps, row.id, chosen, []);
  if (isFailure(planned)) return planned;
  const sent = await sendPlannedGrants(tx, deps, row);
  if (isFailure(sent)) return sent;
  const made = (await myGrantsIn(tx, tx.home, [row.id])).filter((it) => !before.has(it.id));
  for (const release of releases) {
    const grant = made.find((it) => it.item === release.item);
    assert(grant, 'what was planned and sent is there');
    await dropWaiting(tx, { rel: row.id, item: release.item });
    await insertRelease(tx, { ...rowOf(deps, row.id, release), state: 'given', given: grant.id });
    if (release.replaces === undefined) continue;
    const replaced = await replace(tx, deps, row.id, release.replaces);
    if (isFailure(replaced)) return replaced;
  }
  return ok(releases.length);
}

/** The earlier version is taken back: they have the one that was given just now in its place. */
async function replace(tx: Tx, deps: RelationshipDeps, rel: string, grant: string): Promise<Result<unknown>> {
  const earlier = (await releasesIn(tx, tx.home, [rel])).find((it) => it.given === grant);
  assert(earlier, 'only what a rule gave is replaced by a rule');
  await updateRelease(tx, earlier.id, { is_replaced: true });
  return actIn(tx, deps, rel, 'stop-sharing', 'grant-stopped', { grant });
}

/**
 * Gives one thing that waited for my word, if the rule still gives it: as it is now, and as the step says. Answers false
 * when nothing of it is due any more.
 */
export async function giveWaiting(
  tx: Tx,
  deps: RelationshipDeps,
  waiting: { readonly rule: string; readonly rel: string; readonly item: string },
): Promise<Result<boolean>> {
  const row = await openNow(tx, waiting.rel);
  const rules = (await activeRules(tx, tx.home)).filter((rule) => rule.id === waiting.rule);
  if (!row || rules.length === 0) return ok(false);
  await dropWaiting(tx, { rel: waiting.rel, item: waiting.item });
  const stock = await stockOf(tx, deps, tx.home, [waiting.item]);
  const releases = await releasesNow(tx, deps, row, rules, stock);
  const given = await give(tx, deps, row, releases);
  return given.ok ? ok(given.value > 0) : given;
}
