import { z } from 'zod';
import { statesAbout } from '../delivery/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant } from '../kernel/schema.ts';
import { listRecords, type RecordRow } from '../records/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { RelationshipId } from './lifecycle.ts';
import { Relationship, relationshipView } from './list-relationships.ts';
import { getRelationshipRow } from './store.ts';

/** How far a record of mine has come: saved here, acted on there, refused, or given up. Theirs have arrived. */
const Progress = z.enum(['saved', 'acted', 'refused', 'dead', 'dropped', 'received']);

const TimelineEntry = z.object({
  record: id,
  place: z.int(),
  at: instant,
  isMine: z.boolean(),
  type: z.string(),
  state: Progress,
});

export const GetRelationship = RelationshipId;
export const RelationshipDetail = Relationship.extend({
  /** Every record of both sides, oldest first. */
  timeline: z.array(TimelineEntry),
});

/** One relationship with the line of its records in time. */
export async function getRelationship(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof GetRelationship>,
): Promise<Result<z.output<typeof RelationshipDetail>>> {
  return deps.storage.read(async (view) => {
    const row = await getRelationshipRow(view, actor.home, input.relationship);
    if (!row.ok) return row;
    const records = await listRecords(view, actor.home, input.relationship);
    const states = await statesAbout(
      view,
      actor.home,
      records.filter((r) => r.is_mine).map((r) => r.id),
    );
    const entry = (record: RecordRow): z.output<typeof TimelineEntry> => ({
      record: record.id,
      place: record.place,
      at: record.received_at,
      isMine: record.is_mine,
      type: record.type,
      state: record.is_mine ? (states.get(record.id) ?? 'saved') : 'received',
    });
    return ok({ ...relationshipView(row.value), timeline: records.map(entry) });
  });
}
