import type { HomeId } from '../kernel/ids.ts';
import { type SignedDocument, signDocument } from '../records/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { keyAt } from './keys.ts';
import { getIdentity } from './store.ts';

/**
 * Says to a device of the party which side of a relationship is its own: the code that two people compare is the same from
 * both sides, so a node could show them the other way round, and be the one to whom something is locked. No node sends it to
 * another; programs of the party whose token reads have it.
 */
export async function signatureOfSide(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  identity: string,
): Promise<SignedDocument | undefined> {
  const row = await getIdentity(view, home, identity);
  const key = row && (await keyAt(view, deps, home, row.position));
  return key && signDocument({ type: 'own-side', v: 1, identity }, key);
}
