import { dropCarrying } from '../delivery/index.ts';
import type { Instant } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/json.ts';
import {
  eraseBodies,
  eraseBody,
  readBody,
  readRecord,
  recordBodies,
  recordFromWire,
} from '../records/index.ts';
import { RECORD, type RelationshipRow, TOLD } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';

/** Records with a value and the key to it in their bodies. */
const CARRIERS = ['grant', 'grant-updated'];

/** Some of what one of the two has given, or whatever was given. */
type Which = { readonly isMine: boolean; readonly grants: ReadonlySet<string> } | 'all';

/**
 * Erases value and key in whatever record of a relationship its giver has put them, whether that counted or not. What carries
 * mine and has not left yet does not leave: whoever misses it asks, and is told it without them. Answers how many envelopes
 * stay here for that.
 */
export async function eraseGiven(
  tx: Tx,
  { id: rel, mine }: Pick<RelationshipRow, 'id' | 'mine'>,
  which: Which,
  now: Instant,
): Promise<number> {
  if (which === 'all') await eraseBodies(tx, rel, CARRIERS);
  else
    for (const type of CARRIERS)
      for (const { id, author, body } of await recordBodies(tx, tx.home, rel, type))
        if ((author === mine) === which.isMine && which.grants.has(`${body.grant}`))
          await eraseBody(tx, rel, id);
  if (which !== 'all' && !which.isMine) return 0;
  const carries = (wire: unknown): boolean => {
    const body = bodyOfMine(wire, mine, rel);
    return body !== undefined && (which === 'all' || which.grants.has(`${body.grant}`));
  };
  const isRecord = (body: JsonObject): boolean => carries(body.record);
  const records = await dropCarrying(tx, { type: RECORD, by: { sender: mine } }, isRecord, now);
  const told = ({ records }: JsonObject): boolean => Array.isArray(records) && records.some(carries);
  return records + (await dropCarrying(tx, { type: TOLD, by: { about: rel } }, told, now));
}

/** The body of a record in which I give something in this relationship; undefined for any other one. */
function bodyOfMine(wire: unknown, mine: string, rel: string): JsonObject | undefined {
  const record = recordFromWire(wire);
  const payload = record.ok ? readRecord(record.value) : record;
  if (!record.ok || !payload.ok || !CARRIERS.includes(payload.value.type)) return undefined;
  if (payload.value.author !== mine || payload.value.rel !== rel) return undefined;
  const body = readBody(record.value);
  return body.ok ? body.value : undefined;
}
