import { assert } from '../kernel/result.ts';
import { getDocument, readDocument, type SignedDocument } from '../records/index.ts';
import type { RelationshipRow } from '../relationships/index.ts';
import type { View } from '../storage/index.ts';
import { Agreement } from './model.ts';

/** The agreement of a relationship as this side keeps it. */
export async function keptAgreement(
  view: View,
  relationship: RelationshipRow,
): Promise<{ document: SignedDocument; agreement: Agreement }> {
  const document = await getDocument(view, relationship.home_id, relationship.agreement);
  assert(document, 'a relationship keeps its agreement');
  const read = readDocument(document, 'agreement', 1);
  assert(read.ok, 'a kept agreement is well formed');
  return { document, agreement: Agreement.parse(read.value) };
}
