import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { civilDate, id, instant, line, text } from '../kernel/schema.ts';
import { keyOf, type SignedDocument, signedBy } from '../records/index.ts';
import { getRelationshipRow } from '../relationships/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { keptAgreement } from './kept-agreement.ts';
import { Asked, Promised } from './model.ts';

export const GetAgreement = z.object({ relationship: id });
export const AgreementView = z.object({
  id: id.describe('SHA-256 of the octets that both signed.'),
  title: line,
  quantity: z.int(),
  terms: id,
  agreedIn: id
    .optional()
    .describe('The signed move in which both said yes to these terms, when the offer named others.'),
  seller: line,
  does: z.array(Promised),
  gives: z.array(Asked),
  expectations: text,
  reviewDay: civilDate.optional(),
  at: instant,
  signatures: z
    .object({ buyer: z.boolean(), seller: z.boolean() })
    .describe('Checked just now against the octets.'),
});

/** What both signed, with its signatures checked anew. */
export async function getAgreement(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof GetAgreement>,
): Promise<Result<z.output<typeof AgreementView>>> {
  return deps.storage.read(async (view) => {
    const relationship = await getRelationshipRow(view, actor.home, input.relationship);
    if (!relationship.ok) return relationship;
    const { document, agreement } = await keptAgreement(view, relationship.value);
    const { title, quantity, terms, does, gives, expectations, reviewDay, at } = agreement;
    return ok({
      id: relationship.value.agreement,
      ...{ title, quantity, terms, seller: agreement.seller.name, does, gives, expectations, at },
      ...(agreement.agreedIn !== undefined && { agreedIn: agreement.agreedIn }),
      ...(reviewDay !== null && { reviewDay }),
      signatures: {
        buyer: holds(document, agreement.buyer.key),
        seller: holds(document, agreement.seller.key),
      },
    });
  });
}

function holds(document: SignedDocument, key: string): boolean {
  const publicKey = keyOf(key);
  return publicKey !== undefined && signedBy(document, publicKey);
}
