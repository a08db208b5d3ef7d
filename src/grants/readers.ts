import { z } from 'zod';
import { dropAbout } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import { eraseBody, findRecord, parsePayload, recordsOf } from '../records/index.ts';
import {
  appendRecord,
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  recordReader,
  relationshipFor,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { forgetHolder, noteHolder } from '../vault/index.ts';
import type { GrantRow } from './model.ts';
import { getGrantRow, grantsOf, insertGrant, updateGrant } from './store.ts';

/** One field in one record, so that its body alone can be erased when sharing stops. */
const GrantContent = z.object({
  salt: z.string(),
  grant: id,
  property: line,
  label: line,
  value: z.string().max(10_000),
  purpose: text,
  until: instant.nullable(),
});
const StopContent = z.object({ salt: z.string(), grant: id });
const EndContent = z.object({ salt: z.string() });

/** Erases what was sent here: the value in its row and in the record that carried it. */
export async function stop(tx: Tx, row: GrantRow, at: number): Promise<void> {
  if (row.is_mine && row.item !== null) await forgetHolder(tx, row.rel, [row.item]);
  if (row.record !== null) await eraseBody(tx, row.record);
  await updateGrant(tx, row.id, { state: 'stopped', stopped_at: at, value: null });
}

/**
 * What was stopped by words that count no more is shared still, as the other side has it; its value, which was erased here,
 * does not come back.
 */
async function shareAnew(tx: Tx, rel: string, only?: string): Promise<void> {
  const stops = await recordsOf(tx, tx.home, rel, ['grant-stopped', 'relationship-ended']);
  if (stops.some((it) => it.type === 'relationship-ended')) return;
  const stopped = stops.map(({ body }) => body && parsePayload(body));
  for (const row of await grantsOf(tx, tx.home, rel)) {
    if (row.state !== 'stopped' || (only !== undefined && row.id !== only)) continue;
    const isOver = row.until_at !== null && row.until_at <= (row.stopped_at ?? 0);
    const carrier = row.record === null ? undefined : await findRecord(tx, tx.home, row.record);
    if (isOver || !carrier || stopped.some((it) => it?.ok && it.value.grant === row.id)) continue;
    if (row.is_mine && row.item !== null) await noteHolder(tx, rel, [row.item], row.until_at ?? undefined);
    await updateGrant(tx, row.id, { state: 'active', stopped_at: null });
  }
}

/** Whoever was told that something is not shared any more need not say it again. */
async function stopAgain(
  tx: Tx,
  deps: RelationshipDeps,
  { id }: RelationshipRow,
  { grant }: z.infer<typeof StopContent>,
): Promise<Result<unknown>> {
  const row = await getGrantRow(tx, tx.home, grant);
  const open = await relationshipFor(tx, id, 'stop-sharing');
  if (row?.state !== 'active' || !open.ok) return ok('not shared');
  return appendRecord(tx, deps, open.value, 'grant-stopped', { grant });
}

/**
 * The same as a record says it. To a node that came back from a backup it is told, so the other side had what still waits to
 * be sent here, and has erased it: that does not go out a second time.
 */
async function stopAsTold(tx: Tx, relationship: RelationshipRow, row: GrantRow, at: number): Promise<void> {
  await stop(tx, row, at);
  if (relationship.reconciling_at !== null && row.is_mine && row.record !== null)
    await dropAbout(tx, [row.record], at);
}

export const readers: readonly RecordReader[] = [
  recordReader({
    type: 'grant',
    v: 1,
    content: GrantContent,
    async apply(tx, _deps, { relationship, id: record, isMine, content, at }) {
      const { grant, property, label, value, purpose, until } = content;
      const known = await getGrantRow(tx, tx.home, grant);
      const sent = { state: 'active' as const, since_at: at, value, record };
      if (known && isMine && known.state === 'planned') {
        await updateGrant(tx, grant, sent);
        if (known.item !== null) await noteHolder(tx, relationship.id, [known.item], until ?? undefined);
      }
      if (known && known.state !== 'planned')
        return fail('grant-exists', 'That grant was given before.', 'Nothing was changed.');
      if (!known) {
        const row = {
          id: grant,
          rel: relationship.id,
          is_mine: isMine,
          property,
          label,
          item: null,
          purpose,
        };
        await insertGrant(tx, { ...row, ...sent, until_at: until, stopped_at: null });
      }
      return ok(undefined);
    },
    async undo(tx, deps, { content }) {
      const row = await getGrantRow(tx, tx.home, content.grant);
      if (row?.state === 'active') await stop(tx, row, deps.clock.now());
    },
  }),
  recordReader({
    type: 'grant-stopped',
    v: 1,
    content: StopContent,
    async apply(tx, _deps, { relationship, isMine, content, at }) {
      const row = await getGrantRow(tx, tx.home, content.grant);
      if (!row || row.rel !== relationship.id || row.is_mine !== isMine) {
        return fail('grant-unknown', 'There is no such grant here.', 'Look it up in the relationship.');
      }
      // Told after a backup: that it was given has lost its words since, and here it is still planned.
      const isForgotten = row.state === 'planned' && relationship.reconciling_at !== null;
      if (row.state !== 'active' && !isForgotten)
        return fail('grant-state', 'That is not shared now.', 'Nothing was changed.');
      await stopAsTold(tx, relationship, row, at);
      return ok(undefined);
    },
    undo: (tx, _deps, { relationship, content }) => shareAnew(tx, relationship.id, content.grant),
    again: stopAgain,
  }),
  recordReader({
    type: 'relationship-ended',
    v: 1,
    content: EndContent,
    async apply(tx, _deps, { relationship, at }) {
      for (const row of await grantsOf(tx, tx.home, relationship.id)) {
        if (row.state !== 'stopped') await stopAsTold(tx, relationship, row, at);
      }
      return ok(undefined);
    },
    undo: (tx, _deps, { relationship }) => shareAnew(tx, relationship.id),
  }),
];
