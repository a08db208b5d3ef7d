import { dropAbout } from '../delivery/index.ts';
import { ok, type Result } from '../kernel/result.ts';
import {
  aboutRecord,
  dropFrom,
  readBody,
  readRecord,
  type SignedRecord,
  takeToSayAgain,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import type { Entry, RecordReader, RelationshipDeps, RelationshipRow } from './model.ts';

/**
 * Takes my chain back to before a number: what stood there counts no more and is not sent any more, and what the rooms made
 * of it is undone, the last one first.
 */
export async function takeOut(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  seq: number,
): Promise<void> {
  const { id: rel, mine } = relationship;
  const now = deps.clock.now();
  const rows = await dropFrom(tx, rel, mine, seq, now, ({ type, v }) =>
    readersOf(deps, type, v).some((reader) => reader.again),
  );
  await dropAbout(
    tx,
    rows.map(({ id }) => aboutRecord(rel, id)),
    now,
  );
  for (const row of rows) {
    const { id, type, v, place, is_mine: isMine, received_at: at } = row;
    for (const reader of readersOf(deps, type, v)) {
      const content = contentOf(reader, { ...row, body: row.body ?? undefined });
      if (content === undefined) continue;
      await reader.undo?.(tx, deps, { relationship, id, type, place, isMine, content, at });
    }
  }
}

/**
 * What took something back takes it back again, in its new place, once all is known: whoever was told that a relationship is
 * over, or that something is not shared any more, need not know of backups.
 */
export async function sayAgain(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
): Promise<Result<unknown>> {
  for (const row of await takeToSayAgain(tx, relationship.id, relationship.mine)) {
    const record = { ...row, body: row.body ?? undefined };
    const payload = readRecord(record);
    if (!payload.ok) continue;
    const { type, v } = payload.value;
    for (const reader of readersOf(deps, type, v)) {
      const content = contentOf(reader, record);
      const body = readBody(record);
      if (content === undefined || !reader.again || !body.ok || !body.value) continue;
      const { salt: _, ...said } = body.value;
      const done = await reader.again(tx, deps, relationship, content, said);
      if (!done.ok) return done;
    }
  }
  return ok('told');
}

function readersOf(deps: RelationshipDeps, type: string, v: number): readonly RecordReader[] {
  return deps.readers.get(`${type}/${v}`) ?? [];
}

/** What a reader finds in a record; undefined where it cannot be read. */
function contentOf(reader: RecordReader, record: SignedRecord): Entry['content'] | undefined {
  const body = readBody(record);
  const content = reader.content.safeParse(body.ok ? body.value : undefined);
  return content.success ? content.data : undefined;
}
