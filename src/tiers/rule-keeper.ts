import type { HomeId } from '../kernel/ids.ts';
import { type Rounds, startRounds } from '../kernel/rounds.ts';
import { getPartyRow, partyView } from '../parties/index.ts';
import type { RelationshipDeps, RelationshipRow } from '../relationships/index.ts';
import { tables } from '../storage/index.ts';
import { giveIn } from './act.ts';
import { dueIn, homesThatForgot, homesToLookAt, homesWithDue, noteDue, RULES } from './due.ts';
import { factsOf, someRelationships } from './facts.ts';
import { TIER_LIMITS } from './limits.ts';
import { type ActiveRule, decide, type Stock } from './rules.ts';
import { stockFor } from './stock.ts';
import { activeRules, switchAllOff } from './store.ts';
import type { TierTables } from './tables.ts';

const LOOK_AGAIN_MS = 60_000;

/**
 * Acts on rules: at once where something changed, everywhere once an hour. It remembers nothing itself: after a crash it
 * goes on from the rows.
 */
export function startRules(deps: RelationshipDeps): Rounds {
  const rounds = startRounds({
    clock: deps.clock,
    everyMs: LOOK_AGAIN_MS,
    round: async (isStopping) => {
      await keepRules(deps, isStopping);
      return false;
    },
    stumbled: () => deps.log('rules.stumbled'),
  });
  deps.storage.listen(RULES, rounds.wake);
  return rounds;
}

/** One round over the parties of this node. What goes wrong with one of them, or in one relationship, stops no other one. */
export async function keepRules(deps: RelationshipDeps, isStopping: () => boolean): Promise<void> {
  for (const { home, since } of await deps.storage.read((view) => homesThatForgot(view)))
    await goOn(deps, () => deps.storage.transact(home, (tx) => switchAllOff(tx, 'restored', since)));
  for (const home of await deps.storage.read((view) => homesWithDue(view))) {
    if (isStopping()) return;
    await goOn(deps, async () => (await mayGive(deps, home)) && lookAtDue(deps, home, isStopping));
  }
  for (const home of await deps.storage.read((view) => homesToLookAt(view, deps.clock.now()))) {
    if (isStopping()) return;
    await goOn(deps, async () => (await mayGive(deps, home)) && lookAtAll(deps, home, isStopping));
  }
}

/** What is thrown is logged: it stays due, and is tried again. Answers whether nothing was. */
async function goOn(deps: RelationshipDeps, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch {
    deps.log('rules.stumbled');
    return false;
  }
}

/** Gives in one relationship; what keeps it from that keeps no other one. */
async function giveThere(deps: RelationshipDeps, ...where: Where): Promise<void> {
  const isDone = await goOn(deps, async () => {
    const given = await giveIn(deps, ...where);
    if (!given.ok) deps.log('rules.held');
  });
  const [home, rel] = where;
  // It wakes nobody: what goes wrong again is tried once a minute.
  if (!isDone) await deps.storage.transact(home, (tx) => noteDue(tx, rel, deps.clock.now()));
}

type Where = [home: HomeId, rel: string, items?: readonly string[]];

/** A paused copy, and one that is moving, gives nothing; nor does anybody before they have their recovery code. */
async function mayGive(deps: RelationshipDeps, home: HomeId): Promise<boolean> {
  return deps.storage.read(async (view) => {
    const party = await getPartyRow(view, home);
    if (!party || party.paused_at !== null) return false;
    return (await partyView(view, home)).recovery === 'shown';
  });
}

/** Where something changed, one after the other; what fails stays due. */
async function lookAtDue(deps: RelationshipDeps, home: HomeId, isStopping: () => boolean): Promise<void> {
  let after = '';
  for (;;) {
    const due = await deps.storage.read((view) => dueIn(view, home, after));
    for (const rel of due) {
      if (isStopping()) return;
      await giveThere(deps, home, rel);
    }
    const last = due.at(-1);
    if (last === undefined || due.length < TIER_LIMITS.together) return;
    after = last;
  }
}

async function lookAtAll(deps: RelationshipDeps, home: HomeId, isStopping: () => boolean): Promise<void> {
  const began = deps.clock.now();
  const { rules, stock } = await deps.storage.read(async (view) => {
    const rules = await activeRules(view, home);
    return { rules, stock: await stockFor(view, deps, home, rules) };
  });
  let after = '';
  for (;;) {
    const page = { after, states: ['active'], limit: TIER_LIMITS.together } as const;
    const rows = await deps.storage.read((view) => someRelationships(view, home, page));
    if (!(await lookAt(deps, home, rows, rules, stock)) || isStopping()) return;
    const last = rows.at(-1);
    if (!last || rows.length < TIER_LIMITS.together) break;
    after = last.id;
  }
  await deps.storage.transact(home, async (tx) => {
    // A rule that was switched on meanwhile has not been looked at.
    await tables<TierTables>(tx)
      .updateTable('tier_rules')
      .set({ looked_at: began })
      .where('home_id', '=', home)
      .where(
        'id',
        'in',
        rules.map((rule) => rule.id),
      )
      .where('is_on', '=', true)
      .where('changed_at', '<=', began)
      .execute();
  });
}

/** Acts where something is due, and only there; each relationship is a transaction of its own, which decides anew. */
async function lookAt(
  deps: RelationshipDeps,
  home: HomeId,
  rows: readonly RelationshipRow[],
  rules: readonly ActiveRule[],
  stock: Stock,
): Promise<boolean> {
  if (rules.length === 0) return false;
  const known = await deps.storage.read((view) => factsOf(view, home, rows));
  for (const facts of known) {
    const decided = decide(rules, stock, facts, deps.clock.now());
    const items = decided.flatMap((it) => it.releases.map((release) => release.item));
    if (items.length === 0) continue;
    await giveThere(deps, home, facts.rel, items);
  }
  return true;
}
