import { z } from 'zod';
import { myGrantsIn } from '../grants/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import { getDocument, readDocument } from '../records/index.ts';
import { pageRelationships, type RelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { entryOf } from '../vault/index.ts';
import { AGREEMENT_LIMITS } from './limits.ts';
import { Agreement } from './model.ts';

export const OwedList = z.object({
  rows: z.array(
    z.object({
      relationship: id,
      with: z.object({ name: line, isSample: z.boolean() }),
      property: line,
      label: line,
      purpose: text,
      until: instant.optional(),
      since: instant,
    }),
  ),
});
type Owed = z.output<typeof OwedList>['rows'][number];

/**
 * What I agreed to give and never gave, newest relationships first: the node gives by itself what it reads, so it is what one
 * of my devices was to give.
 */
export async function listOwed(
  deps: BaseDeps,
  { home }: PartyActor,
): Promise<Result<z.output<typeof OwedList>>> {
  const limit = AGREEMENT_LIMITS.owedLooked;
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const found = await pageRelationships(view, home, { state: 'active', side: 'buyer', limit });
    const relationships = found.slice(0, limit);
    const ids = relationships.map((row) => row.id);
    const given = new Set((await myGrantsIn(view, home, ids)).map(nameOf));
    const rows: Owed[] = [];
    for (const row of relationships) rows.push(...(await promisedIn(view, row, now)));
    return ok({ rows: rows.filter((it) => !given.has(nameOf({ ...it, rel: it.relationship }))) });
  });
}

function nameOf(it: { readonly rel: string; readonly property: string; readonly purpose: string }): string {
  return JSON.stringify([it.rel, it.property, it.purpose]);
}

/** What its agreement says that I give, as long as that is to come. */
async function promisedIn(view: View, row: RelationshipRow, now: number): Promise<Owed[]> {
  const document = await getDocument(view, row.home_id, row.agreement);
  const read = document && readDocument(document, 'agreement', 1);
  if (!read?.ok) return [];
  return Agreement.parse(read.value)
    .gives.filter(({ until }) => until === null || until > now)
    .map(({ property, purpose, until }) => ({
      relationship: row.id,
      with: { name: row.name, isSample: row.is_sample },
      ...{ property, label: entryOf(property).label, purpose, since: row.since_at },
      ...(until !== null && { until }),
    }));
}
