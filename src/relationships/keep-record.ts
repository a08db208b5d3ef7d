import type { Instant } from '../kernel/clock.ts';
import { type Failure, isFailure } from '../kernel/result.ts';
import {
  insertRecord,
  malformed,
  type RecordPayload,
  readBody,
  type SignedRecord,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
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
