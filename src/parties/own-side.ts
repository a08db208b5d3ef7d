import type { HomeId } from '../kernel/ids.ts';
import { type SignedDocument, signDocument } from '../records/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { keyAt } from './keys.ts';
import { getIdentity } from './store.ts';

interface Side {
  readonly rel: string;
  /** Mine, and that of the other side. */
  readonly identity: string;
  readonly other: string;
  /** Drawn by the device that asks, so that what was said to another counts for nothing. */
  readonly nonce: string;
}

/**
 * Says to a device of the party which side of a relationship is its own: the code that two people compare is the same from
 * both sides, so a node could show them the other way round, and be the one to whom something is locked. No node sends it to
 * another, and no program of the party has it.
 */
export async function signatureOfSide(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  { rel, identity, other, nonce }: Side,
): Promise<SignedDocument | undefined> {
  const row = await getIdentity(view, home, identity);
  const key = row && (await keyAt(view, deps, home, row.position));
  return key && signDocument({ type: 'own-side', v: 1, rel, identity, other, nonce }, key);
}
