import { z } from 'zod';
import { statesAbout } from '../delivery/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, page } from '../kernel/schema.ts';
import { aboutRecord } from '../records/index.ts';
import { getRelationshipRow, updateRelationship } from '../relationships/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { pageMessages } from './store.ts';

const Message = z.object({
  record: id,
  at: instant,
  isMine: z.boolean(),
  signedAs: z.string(),
  text: z.string(),
  state: z.enum(['saved', 'acted', 'refused', 'kept', 'dead', 'dropped', 'received']),
});

export const ListMessages = z.object({
  relationship: id,
  limit: page.limit,
  before: z.int().min(1).optional().describe('Messages before this place; the newest when left out.'),
});
export const MessageList = z.object({
  /** Oldest first. */
  rows: z.array(Message),
  /** Give this as `before` for what came earlier; absent when nothing did. */
  earlier: z.int().optional(),
});

/** The thread, newest page first, each page oldest first. */
export async function listMessages(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListMessages>,
): Promise<Result<z.output<typeof MessageList>>> {
  return deps.storage.read(async (view) => {
    const relationship = await getRelationshipRow(view, actor.home, input.relationship);
    if (!relationship.ok) return relationship;
    const before = input.before ?? Number.MAX_SAFE_INTEGER;
    const found = await pageMessages(view, actor.home, input.relationship, before, input.limit + 1);
    const shown = found.slice(0, input.limit).reverse();
    const states = await statesAbout(
      view,
      actor.home,
      shown.filter((m) => m.is_mine).map((m) => aboutRecord(input.relationship, m.record)),
    );
    const rows = shown.map((m) => ({
      record: m.record,
      at: m.at,
      isMine: m.is_mine,
      signedAs: m.signed_as,
      text: m.words,
      state: m.is_mine
        ? (states.get(aboutRecord(input.relationship, m.record)) ?? 'saved')
        : ('received' as const),
    }));
    const first = shown[0];
    return ok({ rows, ...(found.length > input.limit && first && { earlier: first.place }) });
  });
}

export const MarkRead = z.object({ relationship: id });

/** Nothing in this relationship is new any more. */
export async function markRead(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof MarkRead>,
): Promise<Result<Record<string, never>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRelationshipRow(tx, actor.home, input.relationship);
    if (!row.ok) return row;
    await updateRelationship(tx, input.relationship, { unread: 0 });
    return ok({});
  });
}
