import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { TermsTables } from './model.ts';
import { DEFAULT_TERMS } from './roster.ts';

/** What a party has chosen to proffer, in its order; empty when it has chosen nothing. */
async function chosenTerms(view: View, home: HomeId): Promise<string[]> {
  const rows = await tables<TermsTables>(view)
    .selectFrom('chosen_terms')
    .select('roster_id')
    .where('home_id', '=', home)
    .orderBy('place')
    .execute();
  return rows.map((row) => row.roster_id);
}

/** What a party proffers, the preferred first: its choice, else the one plain default. */
export async function profferedTerms(
  view: View,
  home: HomeId,
): Promise<{ ids: string[]; isDefault: boolean }> {
  const chosen = await chosenTerms(view, home);
  return chosen.length > 0 ? { ids: chosen, isDefault: false } : { ids: [DEFAULT_TERMS], isDefault: true };
}

/** Replaces the choice of this transaction's home. */
export async function replaceChosenTerms(tx: Tx, ids: readonly string[]): Promise<void> {
  const db = tables<TermsTables>(tx);
  await db.deleteFrom('chosen_terms').where('home_id', '=', tx.home).execute();
  if (ids.length === 0) return;
  const rows = ids.map((id, index) => ({ home_id: tx.home, place: index + 1, roster_id: id }));
  await db.insertInto('chosen_terms').values(rows).execute();
}
