import { dropAbout } from '../delivery/index.ts';
import { ok, type Result } from '../kernel/result.ts';
import { dropFrom, type RecordRow, readBody } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import type { Entry, RecordReader, RelationshipDeps, RelationshipRow } from './model.ts';

/**
 * Takes my chain back to before a number: what stood there counts no more and is not sent any more, and what the rooms made
 * of it is undone. Answers it, the last one first, without what cannot be read any more.
 */
export async function takeOut(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  seq: number,
): Promise<Reading[]> {
  const now = deps.clock.now();
  const rows = await dropFrom(tx, relationship.id, relationship.mine, seq, now);
  await dropAbout(
    tx,
    rows.map((row) => row.id),
    now,
  );
  const readings = rows.flatMap((row) => readingsOf(deps, relationship, row));
  for (const { reader, entry } of readings) await reader.undo?.(tx, deps, entry);
  return readings;
}

/**
 * What took something back takes it back again, in its new place: whoever was told that a relationship is over, or that
 * something is not shared any more, need not know of backups.
 */
export async function sayAgain(
  tx: Tx,
  deps: RelationshipDeps,
  dropped: readonly Reading[],
): Promise<Result<unknown>> {
  for (const { reader, entry } of dropped.toReversed()) {
    const said = await reader.again?.(tx, deps, entry);
    if (said && !said.ok) return said;
  }
  return ok('told');
}

/** A record as one of its readers reads it. */
export interface Reading {
  readonly reader: RecordReader;
  readonly entry: Entry;
}

function readingsOf(deps: RelationshipDeps, relationship: RelationshipRow, row: RecordRow): Reading[] {
  const { id, type, v, place, is_mine: isMine, received_at: at } = row;
  const body = readBody({ ...row, body: row.body ?? undefined });
  return (deps.readers.get(`${type}/${v}`) ?? []).flatMap((reader) => {
    const content = reader.content.safeParse(body.ok ? body.value : undefined);
    if (!content.success) return [];
    return [{ reader, entry: { relationship, id, type, place, isMine, content: content.data, at } }];
  });
}
