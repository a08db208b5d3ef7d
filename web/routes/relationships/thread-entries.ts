import type { Message, Relationship, TimelineEntry } from '../../api/shapes.ts';
import { t } from '../../i18n/index.ts';

/** One thing on the line in time: a record, with its words where it has any. */
export interface Entry {
  record: string;
  at: number;
  isMine: boolean;
  what: string;
  words: string | undefined;
  signedAs: string | undefined;
  state: string;
  hasFailed: boolean;
  /** Said by a node to the other, and nothing that a person does. */
  isByItself: boolean;
}

const BY_ITSELF = new Set(['sealing-key']);
const FAILED = new Set(['refused', 'dead', 'dropped']);

/** The records of both sides in their order, each message with its words. */
export function entriesOf(relationship: Relationship, messages: readonly Message[]): Entry[] {
  const texts = new Map(messages.map((message) => [message.record, message]));
  const records = [...relationship.timeline].sort((a, b) => a.place - b.place);
  const isWhole = relationship.earlier === undefined;
  return [
    ...(isWhole ? [beginning(relationship)] : []),
    ...records.map((record) => entryOf(record, texts.get(record.record))),
  ];
}

/** The agreement stands before the chain of records; it is where the line begins. */
function beginning(relationship: Relationship): Entry {
  const { state, side } = relationship;
  return {
    record: 'agreement',
    at: relationship.since,
    isMine: side === 'buyer' || side === 'invited',
    what:
      state === 'asked' || state === 'refused'
        ? t.relationships.entry.asked
        : t.relationships.entry.agreement,
    words: undefined,
    signedAs: undefined,
    state: state === 'asked' ? t.relationships.delivery.saved : t.relationships.delivery.acted,
    hasFailed: false,
    isByItself: false,
  };
}

function entryOf(record: TimelineEntry, message: Message | undefined): Entry {
  const names: Record<string, string> = t.relationships.entry;
  return {
    record: record.record,
    at: record.at,
    isMine: record.isMine,
    what: names[record.type] ?? record.type,
    words: message?.text,
    signedAs: message?.signedAs || undefined,
    state: t.relationships.delivery[record.state],
    hasFailed: FAILED.has(record.state),
    isByItself: BY_ITSELF.has(record.type),
  };
}
