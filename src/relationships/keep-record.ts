import type { Instant } from '../kernel/clock.ts';
import { assert, type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import {
  countReceived,
  insertRecords,
  malformed,
  type ReadRecord,
  type RecordPayload,
  readBody,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { RELATIONSHIP_LIMITS } from './limits.ts';
import type { RecordReader, RelationshipDeps, RelationshipRow } from './model.ts';

/** Keeps a record in its chain and lets the rooms apply it, mine and theirs alike. */
export async function keepAndApply(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  read: ReadRecord,
  isMine: boolean,
  at: Instant,
  after?: number,
): Promise<Failure | undefined> {
  const [row] = await insertRecords(tx, relationship.id, [read], isMine, at, after);
  assert(row, 'what was kept has a place');
  const readers = readersOf(deps, read.payload);
  if (!readers) return malformed('this Parley does not know that kind of record');
  const body = readBody(read.record);
  if (!body.ok) return body;
  for (const reader of readers) {
    const content = reader.content.safeParse(body.value);
    if (!content.success) return malformed('its content does not fit its type');
    const { id, type, place } = row;
    const entry = { relationship, id, type, place, isMine, content: content.data, at };
    const applied = await reader.apply(tx, deps, entry);
    if (isFailure(applied)) return applied;
  }
  return undefined;
}

function readersOf(
  deps: RelationshipDeps,
  { type, v }: Pick<RecordPayload, 'type' | 'v'>,
): readonly RecordReader[] | undefined {
  return deps.readers.get(`${type}/${v}`);
}

/** How much of it is new to a person: nothing of what the nodes tell each other. */
export function newsIn(deps: RelationshipDeps, payload: RecordPayload): 0 | 1 {
  return readersOf(deps, payload)?.some((reader) => reader.isQuiet) ? 0 : 1;
}

/** What each reader of a record's type finds in its body, when all of them take several at once; undefined otherwise. */
export function contentsForAll(
  deps: RelationshipDeps,
  { record, payload }: ReadRecord,
): readonly unknown[] | undefined {
  const readers = readersOf(deps, payload);
  if (!readers?.every((reader) => reader.applyAll)) return undefined;
  const body = readBody(record);
  const contents = body.ok ? readers.map((reader) => reader.content.safeParse(body.value)) : [];
  return body.ok && contents.every((it) => it.success) ? contents.map((it) => it.data) : undefined;
}

/** Keeps records of theirs, all of one type and in order, and lets the rooms apply them at once. */
export async function keepAndApplyAll(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  records: readonly (ReadRecord & { readonly contents: readonly unknown[] })[],
  at: Instant,
): Promise<void> {
  const [first] = records;
  if (!first) return;
  const rows = await insertRecords(tx, relationship.id, records, false, at);
  for (const [i, reader] of (readersOf(deps, first.payload) ?? []).entries()) {
    const entries = rows.map(({ id, type, place }, j) => {
      const content = records[j]?.contents[i];
      return { relationship, id, type, place, isMine: false, content, at };
    });
    await reader.applyAll?.(tx, deps, entries);
  }
}

/**
 * What comes after the end is kept in its chain. How a promise went is heard then too; everything else says nothing, its
 * body is not kept, and it cannot go on for ever.
 */
export async function keepAfterEnd(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  read: ReadRecord,
  at: Instant,
): Promise<Result<unknown>> {
  const { payload } = read;
  const since = await countReceived(tx, relationship.id, payload.author, relationship.last_at);
  if (since >= RELATIONSHIP_LIMITS.recordsAfterEnd)
    return fail('relationship-state', 'This relationship has ended.', '');
  if (readersOf(deps, payload)?.some((reader) => reader.isAfterEnd)) {
    const applied = await keepAndApply(tx, deps, relationship, read, false, at);
    if (isFailure(applied)) deps.log('record.unread');
    return ok('kept');
  }
  const bare = { ...read, record: { ...read.record, body: undefined } };
  await insertRecords(tx, relationship.id, [bare], false, at);
  return ok('kept');
}
