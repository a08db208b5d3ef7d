import { z } from 'zod';
import { type Acquaintance, keptAcquaintance, signedByKey } from '../invitations/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { civilDate, id, instant, line, text } from '../kernel/schema.ts';
import type { SignedDocument } from '../records/index.ts';
import { getRelationshipRow, type RelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { keptAgreement } from './kept-agreement.ts';
import { Asked, Promised } from './model.ts';

export const GetAgreement = z.object({ relationship: id });
export const AgreementView = z.object({
  id: id.describe('SHA-256 of the octets that both signed.'),
  kind: z
    .enum(['deal', 'acquaintance'])
    .describe('A deal about an offer; or two people who know each other.'),
  title: line,
  quantity: z.int().optional(),
  terms: id,
  agreedIn: id
    .optional()
    .describe('The signed move in which both said yes to these terms, when the offer named others.'),
  seller: line.optional(),
  does: z.array(Promised),
  gives: z.array(Asked),
  expectations: text,
  reviewDay: civilDate.optional(),
  at: instant,
  /** The words that went with an invitation. */
  note: text.optional(),
  signatures: z
    .object({
      buyer: z.boolean().optional(),
      seller: z.boolean().optional(),
      inviter: z.boolean().optional(),
      invited: z.boolean().optional(),
    })
    .describe('Checked just now against the octets, for each side.'),
});
type AgreementView = z.output<typeof AgreementView>;

/** What both signed, with its signatures checked anew. */
export async function getAgreement(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof GetAgreement>,
): Promise<Result<AgreementView>> {
  return deps.storage.read(async (view) => {
    const relationship = await getRelationshipRow(view, actor.home, input.relationship);
    if (!relationship.ok) return relationship;
    const { home_id: home, agreement: id } = relationship.value;
    const known = await keptAcquaintance(view, home, id);
    return ok(
      known
        ? acquaintanceView(relationship.value, known.document, known.acquaintance)
        : await dealView(view, relationship.value),
    );
  });
}

async function dealView(view: View, relationship: RelationshipRow): Promise<AgreementView> {
  const { document, agreement } = await keptAgreement(view, relationship);
  const { title, quantity, terms, does, gives, expectations, reviewDay, at } = agreement;
  return {
    id: relationship.agreement,
    kind: 'deal',
    ...{ title, quantity, terms, seller: agreement.seller.name, does, gives, expectations, at },
    ...(agreement.agreedIn !== undefined && { agreedIn: agreement.agreedIn }),
    ...(reviewDay !== null && { reviewDay }),
    signatures: {
      buyer: signedByKey(document, agreement.buyer.key),
      seller: signedByKey(document, agreement.seller.key),
    },
  };
}

/** Nothing is to be done or given under it: what two people do for each other, they say later. */
function acquaintanceView(
  { agreement, title }: RelationshipRow,
  document: SignedDocument,
  { terms, note, at, inviter, invited }: Acquaintance,
): AgreementView {
  return {
    id: agreement,
    kind: 'acquaintance',
    ...{ title, terms, note, does: [], gives: [], expectations: '', at },
    signatures: {
      inviter: signedByKey(document, inviter.key),
      invited: signedByKey(document, invited.key),
    },
  };
}
