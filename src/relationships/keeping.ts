import { z } from 'zod';
import type { HomeId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { id, line, text } from '../kernel/schema.ts';
import { getDocument, readDocument, recordBodies } from '../records/index.ts';
import type { View } from '../storage/index.ts';
import { whatMayBeKept } from '../terms/index.ts';
import type { RelationshipRow } from './model.ts';

/** What each side may keep of the other's when it ends: by which terms, in their words, of which fields. */
export const Keeping = z.object({
  terms: id.describe('The terms of the agreement.'),
  clause: text.describe('What they say may be kept.'),
  fields: z
    .array(z.object({ property: line, by: id.describe('The identity here of whoever shared it.') }))
    .describe('What was shared when it ended; values are erased.'),
});
export type Keeping = z.infer<typeof Keeping>;

const Granted = z.object({ property: line });
const Ended = z.object({ keeping: Keeping });

/** As the record that ended it says; while it has not ended, as it would say now. */
export async function keepingOf(view: View, home: HomeId, relationship: RelationshipRow): Promise<Keeping> {
  for (const { body } of await recordBodies(view, home, relationship.id, 'relationship-ended')) {
    const said = Ended.safeParse(body);
    if (said.success) return said.data.keeping;
  }
  const terms = await termsOf(view, home, relationship);
  const shared = relationship.state === 'ended' ? [] : await sharedNow(view, home, relationship.id);
  return { terms, clause: whatMayBeKept(terms), fields: shared };
}

/** Fields whose grants have not been taken back: those are erased in the records that carried them. */
async function sharedNow(view: View, home: HomeId, rel: string): Promise<Keeping['fields']> {
  const given = await recordBodies(view, home, rel, 'grant');
  // Where a newer value was given, the record of the one before is erased too.
  const newer = await recordBodies(view, home, rel, 'grant-updated');
  return [...given, ...newer].flatMap(({ author, body }) => {
    const granted = Granted.safeParse(body);
    return granted.success ? [{ property: granted.data.property, by: author }] : [];
  });
}

/** What a relationship can stand on: a deal, or an acquaintance of two who met by an invitation. */
const FOUNDING = ['agreement', 'acquaintance'];

async function termsOf(view: View, home: HomeId, relationship: RelationshipRow): Promise<string> {
  const document = await getDocument(view, home, relationship.agreement);
  assert(document, 'a relationship keeps what it stands on');
  const [terms] = FOUNDING.flatMap((type) => {
    const read = readDocument(document, type, 1);
    return read.ok && typeof read.value.terms === 'string' ? [read.value.terms] : [];
  });
  assert(terms, 'what a relationship stands on names its terms');
  return terms;
}
