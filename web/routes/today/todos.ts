import { useAsk } from '../../api/queries.ts';
import type { Commitment, Proffer, RelationshipRow, Today } from '../../api/shapes.ts';
import { giving } from '../../i18n/giving.ts';
import { t } from '../../i18n/index.ts';
import { useReminders } from './reminders.ts';

/** Something that waits, whom it concerns, and where to go for it. */
export interface Todo {
  key: string;
  to: string;
  kind: string;
  text: string;
  isWords?: boolean;
  with?: { name: string; isSample: boolean };
  at: number;
}

const SHOWN = 50;

/** What waits for me and what I wait for, put together from the lists that know. */
export function useTodos(today: Today): { mine: Todo[]; theirs: Todo[] } {
  const relationships = useAsk('list-relationships', { limit: SHOWN }).data?.rows ?? [];
  const commitments = useAsk('list-commitments', { limit: SHOWN }).data?.rows ?? [];
  const held = useAsk('list-intents', { state: 'held', limit: SHOWN }).data?.rows ?? [];
  const open = useAsk('list-intents', { state: 'open', limit: SHOWN }).data?.rows ?? [];
  const casts = useAsk('list-casts', { answered: false, limit: SHOWN }).data?.rows ?? [];
  const stuck = useAsk('list-deliveries', { state: 'dead', limit: SHOWN }).data?.rows ?? [];
  const proffers = useAsk('list-proffers', { limit: SHOWN }).data?.rows ?? [];
  const asked = useAsk('list-releases', { state: 'waiting', limit: SHOWN }).data?.rows ?? [];
  const sealed = useAsk('show-vault', {}).data?.vault;
  const owed = useAsk('list-owed', {}, { off: sealed === undefined }).data?.rows ?? [];
  const reminders = useReminders(open, relationships);
  const offered: Todo[] = today.wants.withOffers.map((want) => ({
    key: `offers-${want.id}`,
    to: `/wants/${want.id}`,
    kind: t.wants.offersCount(want.fitting),
    text: want.sentence,
    isWords: true,
    at: want.last,
  }));
  const mine = [
    ...relationships.filter((row) => row.unread > 0).map(unreadTodo),
    ...offered,
    ...proffers.filter((row) => row.isMyTurn).map(profferTodo),
    ...commitments.flatMap((row) => commitmentTodo(row, relationships, 'mine')),
    ...asked.map((row) => ({
      key: `release-${row.id}`,
      to: '/data/rules',
      kind: t.rules.waitingTitle,
      text: t.rules.waitingLine(row.label, row.with),
      at: row.at,
    })),
    ...owed.map((row) => ({
      key: `owed-${row.relationship}-${row.property}-${row.purpose}`,
      to: `/relationships/${row.relationship}`,
      kind: giving.owedKind,
      text: giving.owedLine(row.label, row.purpose),
      with: row.with,
      at: row.since,
    })),
    ...reminders,
    ...casts.map((cast) => ({
      key: `cast-${cast.alias}`,
      to: `/desk/casts/${cast.alias}`,
      kind: t.today.kinds.cast,
      text: cast.words,
      at: cast.receivedAt,
    })),
    ...stuck.map((row) => ({
      key: `sent-${row.id}`,
      to: '/deliveries',
      kind: t.today.kinds.delivery,
      text: t.deliveries.types[row.type] ?? t.deliveries.other,
      at: row.savedAt,
    })),
    ...held.map((want) => heldTodo(want.id, want.sentence, want.createdAt)),
  ];
  const quiet = open.filter((want) => want.offers.fitting === 0);
  const theirs = [
    ...relationships.filter((row) => row.state === 'asked').map(askedTodo),
    ...commitments.flatMap((row) => commitmentTodo(row, relationships, 'theirs')),
    ...quiet.map((want) => ({
      ...heldTodo(want.id, want.sentence, want.castAt ?? want.createdAt),
      kind: t.today.kinds.cast,
    })),
  ];
  return { mine, theirs };
}

function profferTodo(row: Proffer): Todo {
  return {
    key: `proffer-${row.id}`,
    to: row.relationship === undefined ? '/terms' : `/relationships/${row.relationship}`,
    kind: t.today.kinds.proffer,
    text: row.side === 'theirs' ? t.today.theirTerms : t.today.otherTerms,
    with: row.with,
    at: row.at,
  };
}

function unreadTodo(row: RelationshipRow): Todo {
  return {
    key: `unread-${row.id}`,
    to: `/relationships/${row.id}`,
    kind: t.relationships.unread(row.unread),
    text: row.title,
    with: row.with,
    at: row.last,
  };
}

function askedTodo(row: RelationshipRow): Todo {
  return { ...unreadTodo(row), key: `asked-${row.id}`, kind: t.today.kinds.asked };
}

function heldTodo(id: string, sentence: string, at: number): Todo {
  return {
    key: `want-${id}`,
    to: `/wants/${id}`,
    kind: t.today.kinds.held,
    text: sentence,
    isWords: true,
    at,
  };
}

/** A promise waits for me when I must do or confirm it, and for them when they must. */
function commitmentTodo(
  row: Commitment,
  relationships: readonly RelationshipRow[],
  side: 'mine' | 'theirs',
): Todo[] {
  const waitsForMe = row.state === 'promised' ? row.isMine : !row.isMine;
  if (row.state === 'confirmed' || waitsForMe !== (side === 'mine')) return [];
  const relationship = relationships.find((one) => one.id === row.relationship);
  return [
    {
      key: `promise-${row.id}`,
      to: `/relationships/${row.relationship}`,
      kind: row.state === 'promised' ? t.today.kinds.commitment : t.today.kinds.confirm,
      text: row.what,
      ...(relationship ? { with: relationship.with } : {}),
      at: row.doneAt ?? (row.due ? Date.parse(`${row.due}T12:00:00Z`) : (relationship?.last ?? 0)),
    },
  ];
}
