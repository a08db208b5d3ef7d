import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { ListMessages, listMessages, MarkRead, MessageList, markRead } from './list-messages.ts';
import { SendMessage, Sent, sendMessage } from './send-message.ts';

const room = 'messages';

export const operations: readonly Operation<RelationshipDeps>[] = [
  partyOperation({
    name: 'send-message',
    room,
    summary: 'Say something to the other side, in the one thread of this relationship.',
    effect: 'discloses',
    input: SendMessage,
    output: Sent,
    run: sendMessage,
  }),
  partyOperation({
    name: 'list-messages',
    room,
    summary: 'What was said in this relationship, with how far each message of yours has come.',
    effect: 'reads',
    input: ListMessages,
    output: MessageList,
    run: listMessages,
  }),
  partyOperation({
    name: 'mark-read',
    room,
    summary: 'Nothing here is new any more.',
    effect: 'writes',
    input: MarkRead,
    output: nothing,
    run: markRead,
  }),
];
