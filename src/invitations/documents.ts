import type { JsonObject } from '../kernel/json.ts';
import { assert } from '../kernel/result.ts';
import { getDocument, keyOf, readDocument, type SignedDocument, signedBy, toWire } from '../records/index.ts';
import type { View } from '../storage/index.ts';
import { ACQUAINTANCE, Acquaintance } from './model.ts';

/** A document as the body of an envelope takes it. */
export function wireJson(document: SignedDocument): JsonObject {
  const { payload, signatures } = toWire(document);
  return { payload, signatures: signatures.map((s) => ({ ...s })) };
}

/** The acquaintance of this id as this side keeps it; undefined when the id is that of something else. */
export async function keptAcquaintance(
  view: View,
  home: string,
  id: string,
): Promise<{ document: SignedDocument; acquaintance: Acquaintance } | undefined> {
  const document = await getDocument(view, home, id);
  const read = document && readDocument(document, ACQUAINTANCE, 1);
  if (!document || !read?.ok) return undefined;
  return { document, acquaintance: Acquaintance.parse(read.value) };
}

/** The same of a relationship that is known to stand on one. */
export async function acquaintanceOf(
  view: View,
  relationship: { readonly home_id: string; readonly agreement: string },
): Promise<{ document: SignedDocument; acquaintance: Acquaintance }> {
  const kept = await keptAcquaintance(view, relationship.home_id, relationship.agreement);
  assert(kept, 'a relationship keeps what it stands on');
  return kept;
}

export function signedByKey(document: SignedDocument, key: string): boolean {
  const publicKey = keyOf(key);
  return publicKey !== undefined && signedBy(document, publicKey);
}
