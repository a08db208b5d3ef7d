import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, line, text } from '../kernel/schema.ts';
import {
  actIn,
  type Entry,
  type RecordReader,
  type RelationshipDeps,
  recordReader,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { insertMessages } from './store.ts';

/** A thread's record: the words, and the person who speaks for that side. */
const MessageContent = z.object({ salt: z.string(), words: text, signedAs: z.string().max(200) });

export const SendMessage = z.object({
  relationship: id,
  text: text.min(1, 'Write something first.'),
  signedAs: line.optional().describe('The person who speaks, when a shop or a group acts.'),
});
export const Sent = z.object({ record: id });

/** Says something in the relationship's one thread. It leaves with this transaction, or not at all. */
export async function sendMessage(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof SendMessage>,
): Promise<Result<z.output<typeof Sent>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const content = { words: input.text, signedAs: input.signedAs ?? '' };
    const record = await actIn(tx, deps, input.relationship, 'speak', 'message', content);
    return record.ok ? ok({ record: record.value }) : record;
  });
}

type Said = Entry<z.output<typeof MessageContent>>;

async function keepMessages(tx: Tx, entries: readonly Said[]): Promise<void> {
  const rows = entries.map(({ relationship, id: record, place, isMine, content, at }) => {
    const { words, signedAs } = content;
    return { rel: relationship.id, record, place, is_mine: isMine, signed_as: signedAs, words, at };
  });
  await insertMessages(tx, rows);
}

export const readers: readonly RecordReader[] = [
  recordReader({
    type: 'message',
    v: 1,
    content: MessageContent,
    async apply(tx, _deps, entry) {
      await keepMessages(tx, [entry]);
      return ok(undefined);
    },
    applyAll: (tx, _deps, entries) => keepMessages(tx, entries),
  }),
];
