import type { Instant } from '../kernel/clock.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import {
  countReceived,
  insertRecord,
  malformed,
  type RecordPayload,
  readBody,
  type SignedRecord,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { RELATIONSHIP_LIMITS } from './limits.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';

/** Keeps a record in its chain and lets the rooms apply it, mine and theirs alike. */
export async function keepAndApply(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  record: SignedRecord,
  payload: RecordPayload,
  isMine: boolean,
  at: Instant,
): Promise<Failure | undefined> {
  const row = await insertRecord(tx, record, payload, isMine, at);
  const readers = deps.readers.get(`${payload.type}/${payload.v}`);
  if (!readers) return malformed('this Parley does not know that kind of record');
  const body = readBody(record);
  if (!body.ok) return body;
  for (const reader of readers) {
    const content = reader.content.safeParse(body.value);
    if (!content.success) return malformed('its content does not fit its type');
    const entry = {
      relationship,
      id: row.id,
      type: row.type,
      place: row.place,
      isMine,
      content: content.data,
      at,
    };
    const applied = await reader.apply(tx, deps, entry);
    if (isFailure(applied)) return applied;
  }
  return undefined;
}

/**
 * What comes after the end is kept in its chain. How a promise went is heard then too; everything else says nothing, its
 * body is not kept, and it cannot go on for ever.
 */
export async function keepAfterEnd(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  record: SignedRecord,
  payload: RecordPayload,
  at: Instant,
): Promise<Result<unknown>> {
  const since = await countReceived(tx, relationship.id, payload.author, relationship.last_at);
  if (since >= RELATIONSHIP_LIMITS.recordsAfterEnd)
    return fail('relationship-state', 'This relationship has ended.', '');
  const readers = deps.readers.get(`${payload.type}/${payload.v}`) ?? [];
  if (readers.some((reader) => reader.isAfterEnd)) {
    const applied = await keepAndApply(tx, deps, relationship, record, payload, false, at);
    if (isFailure(applied)) deps.log('record.unread');
    return ok('kept');
  }
  await insertRecord(tx, { ...record, body: undefined }, payload, false, at);
  return ok('kept');
}
