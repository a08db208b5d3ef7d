import type { Envelope } from '../delivery/index.ts';
import { isFailure, type Result } from '../kernel/result.ts';
import { verifyingKey } from '../kernel/signing.ts';
import {
  hasRecord,
  headOf,
  malformed,
  type ReadRecord,
  readWhole,
  recordFromWire,
  recordHolds,
} from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { askIfLost } from './ask-if-lost.ts';
import { contentsForAll, keepAndApplyAll } from './keep-record.ts';
import type { RelationshipDeps, RelationshipRow } from './model.ts';
import { pinned, relationshipOf } from './pinned.ts';
import { placeInChain } from './rules.ts';
import { noteSaid } from './store.ts';

/** The record in an envelope, when by what it says it is one of this author in this relationship. */
export function readCarried(
  envelope: Envelope,
  relationship: RelationshipRow,
  author: string,
): Result<ReadRecord> {
  const record = recordFromWire(envelope.body.record);
  if (!record.ok) return record;
  const read = readWhole(record.value);
  if (!read.ok) return read;
  const { rel, author: signer } = read.value.payload;
  if (rel !== relationship.id || signer !== author) return malformed('it belongs to another chain');
  return record.value.body === undefined ? malformed('its body is missing') : read;
}

/**
 * Takes the first records of a lane that nothing is odd about: of one relationship that is open, of one type whose rooms
 * take several at once, signed by the key in force, each next in its chain, having seen only what is here. Answers how many.
 */
export async function takeTogether(
  tx: Tx,
  deps: RelationshipDeps,
  lane: readonly Envelope[],
): Promise<number> {
  const [first] = lane;
  const relationship = first && (await relationshipOf(tx, first));
  if (!relationship || isFailure(relationship)) return 0;
  if (relationship.state !== 'active' && relationship.state !== 'paused') return 0;
  const other = await pinned(tx, relationship);
  if (!other || other.id !== first.from) return 0;
  const key = verifyingKey(other.nodeKey);
  const mine = { rel: relationship.id, author: relationship.mine };
  const known = new Set<string | null>([null]);
  let head = await headOf(tx, relationship.id, other.id);
  const plain: (ReadRecord & { readonly contents: readonly unknown[] })[] = [];
  for (const envelope of lane) {
    if (envelope.body.rel !== relationship.id) break;
    const read = readCarried(envelope, relationship, other.id);
    if (!read.ok || !recordHolds(read.value.record, read.value.payload, key)) break;
    const { id, payload } = read.value;
    if (plain[0] && (payload.type !== plain[0].payload.type || payload.v !== plain[0].payload.v)) break;
    if (placeInChain(head, payload) !== 'next') break;
    if (!known.has(payload.seen) && !(await hasRecord(tx, tx.home, mine, payload.seen ?? ''))) break;
    known.add(payload.seen);
    const contents = contentsForAll(deps, read.value);
    if (!contents) break;
    plain.push({ ...read.value, contents });
    head = { id, seq: payload.seq };
  }
  if (plain.length === 0) return 0;
  const last = plain.at(-1);
  if (last) await askIfLost(tx, deps, relationship, last.payload);
  const now = deps.clock.now();
  await keepAndApplyAll(tx, deps, relationship, plain, now);
  await noteSaid(tx, relationship.id, now, plain.length);
  return plain.length;
}
