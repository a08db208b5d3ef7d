import type { HomeId } from '../kernel/ids.ts';
import { tables, type View } from '../storage/index.ts';
import type { ProfferRow, ProfferTables } from './model.ts';
import { negotiationOf } from './take-interaction.ts';

/** Terms that both sides have said yes to before an agreement, and the signed move that says so. */
export interface AgreedTerms {
  readonly terms: string;
  /** Id of the interaction with which the last of the two said yes; both keep it. */
  readonly record: string;
}

/** What a vendor and I have agreed about this signed offer, the newest when there are several. */
export async function agreedAbout(
  view: View,
  home: HomeId,
  offer: string,
  storefront: string,
): Promise<AgreedTerms | undefined> {
  const rows = await proffersAbout(view, home, offer);
  for (const row of rows) {
    const { agreed } = negotiationOf(row);
    const isMine = row.side === 'first' && row.second_party === storefront;
    if (isMine && agreed !== undefined) return { terms: agreed, record: row.last_record };
  }
  return undefined;
}

/** Whether my storefront has agreed to these terms about this offer, in the very move that is cited. */
export async function isAgreedIn(
  view: View,
  home: HomeId,
  cited: AgreedTerms & { readonly offer: string; readonly storefront: string },
): Promise<boolean> {
  return (await proffersAbout(view, home, cited.offer)).some(
    (row) =>
      row.side === 'second' &&
      row.second_party === cited.storefront &&
      row.last_record === cited.record &&
      negotiationOf(row).agreed === cited.terms,
  );
}

/** Proffers about an offer that have been decided, the newest first. */
async function proffersAbout(view: View, home: HomeId, offer: string): Promise<ProfferRow[]> {
  return tables<ProfferTables>(view)
    .selectFrom('proffers')
    .selectAll()
    .where('home_id', '=', home)
    .where('offer', '=', offer)
    .where('kind', '=', 'storefront')
    .where('is_over', '=', true)
    .orderBy('moved_at', 'desc')
    .orderBy('id')
    .execute();
}
