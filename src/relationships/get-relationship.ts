import { z } from 'zod';
import { statesAbout } from '../delivery/index.ts';
import type { Instant } from '../kernel/clock.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line } from '../kernel/schema.ts';
import { aboutRecord, countForks, newestRecords, type RecordLine } from '../records/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { isSilent } from './chain.ts';
import { Keeping, keepingOf } from './keeping.ts';
import { Keys, keysBetween } from './keys-between.ts';
import { RelationshipId } from './lifecycle.ts';
import { Relationship, relationshipView } from './list-relationships.ts';
import type { RelationshipRow } from './model.ts';
import { getRelationshipRow } from './store.ts';

/** How far a record of mine has come: saved here, acted on there, refused, or given up. Theirs have arrived. */
const Progress = z.enum(['saved', 'acted', 'refused', 'kept', 'dead', 'dropped', 'received']);

const TimelineEntry = z.object({
  record: id,
  place: z.int(),
  at: instant,
  isMine: z.boolean(),
  type: z.string(),
  state: Progress,
});

const LINES_AT_ONCE = 200;

export const GetRelationship = RelationshipId.extend({
  before: z.int().min(1).optional().describe('Records before this place; the newest when left out.'),
});
export const RelationshipDetail = Relationship.extend({
  keeping: Keeping.omit({ fields: true }).extend({
    fields: z.array(z.object({ property: line, isMine: z.boolean() })),
  }),
  /** The newest records of both sides, oldest of them first. */
  timeline: z.array(TimelineEntry),
  /** Give this as `before` for what came earlier; absent when nothing did. */
  earlier: z.int().optional(),
  /** The keys of both, how to check them, and what has changed; absent before the other side has signed. */
  keys: Keys.optional(),
  standsStill: z
    .object({ since: instant, mayEnd: z.boolean() })
    .optional()
    .describe(
      'Since when nothing is signed here, this node being back from a backup, until the other side has said what it knows; and whether it may be ended, and sharing stopped, all the same.',
    ),
  forks: z
    .object({ mine: z.int().min(0), theirs: z.int().min(0) })
    .describe('Second records that a side signed under a number that was taken; each is kept as proof.'),
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
    const before = input.before ?? Number.MAX_SAFE_INTEGER;
    const found = await newestRecords(view, actor.home, input.relationship, before, LINES_AT_ONCE + 1);
    const records = found.slice(0, LINES_AT_ONCE).reverse();
    const states = await statesAbout(
      view,
      actor.home,
      records.filter((r) => r.is_mine).map((r) => aboutRecord(row.value.id, r.id)),
    );
    const entry = (record: RecordLine): z.output<typeof TimelineEntry> => ({
      record: record.id,
      place: record.place,
      at: record.received_at,
      isMine: record.is_mine,
      type: record.type,
      state: record.is_mine ? (states.get(aboutRecord(row.value.id, record.id)) ?? 'saved') : 'received',
    });
    const [first] = records;
    const earlier = found.length > LINES_AT_ONCE && first ? { earlier: first.place } : {};
    const between = await keysBetween(view, row.value);
    const { fields, ...keeping } = await keepingOf(view, actor.home, row.value);
    const kept = fields.map(({ property, by }) => ({ property, isMine: by === row.value.mine }));
    return ok({
      ...relationshipView(row.value),
      keeping: { ...keeping, fields: kept },
      timeline: records.map(entry),
      ...earlier,
      ...(between && { keys: between.keys }),
      ...standsStill(row.value, deps.clock.now()),
      forks: await forksOf(view, row.value),
    });
  });
}

function standsStill(
  row: RelationshipRow,
  now: Instant,
): Pick<z.output<typeof RelationshipDetail>, 'standsStill'> {
  const { reconciling_at: since, state, theirs } = row;
  // Before both have signed there is nobody to be asked.
  if (since === null || theirs === null || state === 'refused') return {};
  return { standsStill: { since, mayEnd: isSilent(row, now) } };
}

async function forksOf(
  view: View,
  { home_id: home, id, mine, theirs }: RelationshipRow,
): Promise<{ mine: number; theirs: number }> {
  return {
    mine: await countForks(view, home, id, mine),
    theirs: theirs === null ? 0 : await countForks(view, home, id, theirs),
  };
}
