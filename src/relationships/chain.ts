import { type Envelope, type InboxHandler, send } from '../delivery/index.ts';
import { equalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { assert, type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import {
  asIdentity,
  type Counterpart,
  counterpartOf,
  getCounterpart,
  getPartyRow,
  ownIdentity,
  reachOf,
} from '../parties/index.ts';
import {
  headOf,
  insertRecord,
  keepFork,
  malformed,
  type RecordPayload,
  readBody,
  readRecord,
  recordAt,
  recordFromWire,
  recordHolds,
  recordId,
  recordToWire,
  type SignedRecord,
  signRecord,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import type { Content, RelationshipDeps, RelationshipRow } from './model.ts';
import { placeInChain } from './rules.ts';
import { findRelationship, updateRelationship } from './store.ts';

/** The type of envelope that carries one record of a chain. */
const RECORD = 'record';

/**
 * Signs a record as me in this relationship, keeps it, applies it to my own rows and sends it, all in this
 * transaction. Fails as the room's reader fails. Answers the record's id.
 */
export async function appendRecord(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  type: string,
  content: Content,
): Promise<Result<string>> {
  const party = await getPartyRow(tx, tx.home);
  if (party?.paused_at !== null) {
    return fail(
      'party-paused',
      'This is a paused copy; it signs nothing.',
      'Act from the node that is in use.',
    );
  }
  const me = await ownIdentity(tx, deps, relationship.mine);
  const other = await pinned(tx, relationship);
  assert(me && other, 'both identities of an open relationship are known');
  const now = deps.clock.now();
  const [mine, theirs] = [
    await headOf(tx, relationship.id, me.id),
    await headOf(tx, relationship.id, other.id),
  ];
  const position = {
    author: me.id,
    rel: relationship.id,
    seq: (mine?.seq ?? 0) + 1,
    prev: mine?.id ?? null,
    seen: theirs?.id ?? null,
    at: now,
  };
  const record = signRecord(position, type, 1, content, me.key, deps.random);
  const payload = readRecord(record);
  if (!payload.ok) return payload;
  const applied = await keepAndApply(tx, deps, relationship, record, payload.value, true, now);
  if (isFailure(applied)) return applied;
  const id = recordId(record);
  await send(tx, deps, {
    to: reachOf(other),
    as: asIdentity(me.id),
    type: RECORD,
    body: { rel: relationship.id, record: { ...recordToWire(record) } },
    about: id,
  });
  await updateRelationship(tx, relationship.id, { last_at: now });
  return ok(id);
}

/** Takes records of the other side into their chain: verified, in order, each once; a fork is kept as proof. */
export const recordHandler: InboxHandler<RelationshipDeps> = {
  type: RECORD,
  async isSpeaker(tx, _deps, envelope, key) {
    const relationship = await relationshipOf(tx, envelope);
    const other = isFailure(relationship) ? undefined : await pinned(tx, relationship);
    return other?.id === envelope.from && equalBytes(other.nodeKey, key);
  },
  async receive(tx, deps, envelope) {
    const relationship = await relationshipOf(tx, envelope);
    if (isFailure(relationship)) return relationship;
    const other = await pinned(tx, relationship);
    if (!other || other.id !== envelope.from)
      return fail('sender-unknown', 'Not the other side of this.', '');
    const record = recordFromWire(envelope.body.record);
    if (!record.ok) return record;
    const payload = readRecord(record.value);
    if (!payload.ok) return payload;
    if (payload.value.rel !== relationship.id || payload.value.author !== other.id) {
      return malformed('it belongs to another chain');
    }
    if (record.value.body === undefined) return malformed('its body is missing');
    if (!recordHolds(record.value, payload.value, other.nodeKey))
      return malformed('its signature does not hold');
    return takeInOrder(tx, deps, relationship, record.value, payload.value);
  },
};

async function takeInOrder(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  record: SignedRecord,
  payload: RecordPayload,
): Promise<Result<unknown>> {
  if (relationship.state === 'refused' || relationship.state === 'asked') {
    return fail('relationship-state', 'There is no agreement to speak under.', '');
  }
  const now = deps.clock.now();
  const head = await headOf(tx, relationship.id, payload.author);
  const place = placeInChain(head, payload);
  if (place === 'earlier') {
    const known = await recordAt(tx, tx.home, relationship.id, payload.author, payload.seq);
    if (known?.id === recordId(record)) return ok('known');
    await keepFork(tx, record, payload, now);
    return ok('fork');
  }
  if (place === 'too-early') {
    return fail('record-out-of-order', 'An earlier record is missing.', 'Send the earlier ones first.');
  }
  if (relationship.state === 'ended') {
    // What comes after the end is kept in its chain, and changes and says nothing.
    await insertRecord(tx, record, payload, false, now);
    return ok('kept');
  }
  const applied = await keepAndApply(tx, deps, relationship, record, payload, false, now);
  if (isFailure(applied)) deps.log('record.unread');
  const { unread } = (await findRelationship(tx, tx.home, relationship.id)) ?? { unread: 0 };
  await updateRelationship(tx, relationship.id, { last_at: now, unread: unread + 1 });
  return ok('kept');
}

async function keepAndApply(
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

async function relationshipOf(tx: Tx, envelope: Envelope): Promise<RelationshipRow | Failure> {
  const rel = envelope.body.rel;
  const row = typeof rel === 'string' ? await findRelationship(tx, tx.home, rel) : undefined;
  return row ?? fail('relationship-unknown', 'There is no such relationship here.', '');
}

async function pinned(tx: Tx, relationship: RelationshipRow): Promise<Counterpart | undefined> {
  if (relationship.theirs === null) return undefined;
  const row = await getCounterpart(tx, tx.home, relationship.theirs);
  return row && counterpartOf(row);
}
