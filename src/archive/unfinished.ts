import type { HomeId } from '../kernel/ids.ts';
import { fail, isFailure, ok } from '../kernel/result.ts';
import { getPartyRow, NODE_HOME, type PartyTables } from '../parties/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import { HERE_ONLY, SECTIONS } from './sections.ts';
import { removePage } from './store.ts';

/** What has begun with a home, in many transactions, and must be ended or undone after a crash. */
type Undertaking = 'import' | 'removal';

interface Tables {
  node_values: { home_id: string; name: string; value: string };
}

const PREFIX = 'unfinished/';
const REMOVAL_PASSES = 5;

/** Written into the node's rows before the first step. */
export async function begin(tx: Tx, home: HomeId, what: Undertaking): Promise<void> {
  await tables<Tables>(tx)
    .insertInto('node_values')
    .values({ home_id: NODE_HOME, name: PREFIX + home, value: what })
    .onConflict((c) => c.columns(['home_id', 'name']).doUpdateSet({ value: what }))
    .execute();
}

/** Taken away after the last step. */
export async function end(deps: BaseDeps, home: HomeId): Promise<void> {
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .deleteFrom('node_values')
      .where('home_id', '=', NODE_HOME)
      .where('name', '=', PREFIX + home)
      .execute(),
  );
}

/** Removes an import that did not come to its end, with whatever the node noted for it. */
export async function undo(deps: BaseDeps, home: HomeId): Promise<void> {
  await wipeHome(deps, home, false);
  await deps.storage.transact(NODE_HOME, (tx) => forgetHome(tx, home));
  await end(deps, home);
}

/** Forgets what the node remembers of this home: handles, roles and places; the undertaking itself apart. */
export async function forgetHome(tx: Tx, home: HomeId): Promise<void> {
  await tables<PartyTables>(tx)
    .deleteFrom('handles')
    .where('home_id', '=', NODE_HOME)
    .where('party', '=', home)
    .execute();
  await tables<Tables>(tx)
    .deleteFrom('node_values')
    .where('home_id', '=', NODE_HOME)
    .where('name', 'like', `%/${home}`)
    .where('name', '!=', PREFIX + home)
    .execute();
}

/**
 * At the start of a node: undoes imports that were interrupted, and ends removals that were. Answers how many homes
 * had been left.
 */
export async function sweepUnfinished(deps: BaseDeps): Promise<number> {
  const left = await deps.storage.read((view) =>
    tables<Tables>(view)
      .selectFrom('node_values')
      .select(['name', 'value'])
      .where('home_id', '=', NODE_HOME)
      .where('name', '>=', PREFIX)
      .where('name', '<', `${PREFIX}~`)
      .execute(),
  );
  for (const { name, value } of left) {
    const home = name.slice(PREFIX.length);
    // An import with a party was complete but for taking its mark away.
    const isWhole = value === 'import' && (await deps.storage.read((view) => getPartyRow(view, home)));
    if (value === 'removal') await finishRemoval(deps, home);
    else await (isWhole ? end(deps, home) : undo(deps, home));
  }
  return left.length;
}

/** Removes a home that its owner has removed: until nothing more comes from what was still under way. */
export async function finishRemoval(deps: BaseDeps, home: HomeId): Promise<number> {
  let removed = 0;
  for (let pass = 0, found = 1; found > 0 && pass < REMOVAL_PASSES; pass++) {
    found = await wipeHome(deps, home, true);
    removed += found;
  }
  await deps.storage.transact(NODE_HOME, (tx) => forgetHome(tx, home));
  await end(deps, home);
  return removed;
}

/**
 * Removes every row of a home, a limited number in each transaction, what opens it, the party and its secrets first. Unless `isMeant`,
 * a home with a party is left alone. Answers how many rows there were.
 */
export async function wipeHome(deps: BaseDeps, home: HomeId, isMeant: boolean): Promise<number> {
  let removed = 0;
  for (const section of [...HERE_ONLY, ...SECTIONS]) {
    for (let isMore = true; isMore; ) {
      const page = await deps.storage.transact(home, async (tx) => {
        if (!isMeant && (await getPartyRow(tx, home))) return fail('party-exists', 'There is a party.', '');
        return ok(await removePage(tx, section, section.rowsAtOnce ?? ARCHIVE_LIMITS.removeRows));
      });
      if (isFailure(page)) return removed;
      removed += page.value.removed;
      isMore = page.value.isMore;
    }
  }
  return removed;
}
