import { hashId, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Random } from '../kernel/random.ts';
import { ok, type Result } from '../kernel/result.ts';
import { type SigningKey, type VerifyingKey, verifyingKey } from '../kernel/signing.ts';
import { isObject, malformed, octetsOf, parsePayload, signatureHolds, signPayload } from './jws.ts';
import type { ReadRecord, RecordPayload, SignedRecord, WireRecord } from './model.ts';

const MEMBERS = ['type', 'v', 'author', 'rel', 'seq', 'prev', 'seen', 'at', 'crit', 'bodyHash'];

/** Where in its chain a new record stands. */
type Position = Pick<RecordPayload, 'author' | 'rel' | 'seq' | 'prev' | 'seen' | 'at'>;

/** A new record with its body; the body carries 128 random bits, so that its hash tells nothing. */
export function writeRecord(
  position: Position,
  type: string,
  v: number,
  content: JsonObject,
  key: SigningKey,
  random: Random,
): ReadRecord {
  const body = toUtf8(JSON.stringify({ salt: toBase64url(random.bytes(16)), ...content }));
  const { author, rel, seq, prev, seen, at } = position;
  const payload: RecordPayload = {
    type,
    v,
    author,
    rel,
    seq,
    prev,
    seen,
    at,
    crit: [],
    bodyHash: hashId(body),
  };
  const octets = toUtf8(JSON.stringify(payload));
  const record = { ...signPayload(octets, key, 'parley-record'), payload: octets, body };
  return { id: recordId(record), record, payload };
}

/** The record alone. */
export function signRecord(...made: Parameters<typeof writeRecord>): SignedRecord {
  return writeRecord(...made).record;
}

export function recordId(record: SignedRecord): string {
  return hashId(record.payload);
}

/** The same with what its payload says, and its id. */
export function readWhole(record: SignedRecord): Result<ReadRecord> {
  const payload = readRecord(record);
  return payload.ok ? ok({ id: recordId(record), record, payload: payload.value }) : payload;
}

/** The payload when it has exactly the members of version 1 and no unknown `crit`. */
export function readRecord(record: SignedRecord): Result<RecordPayload> {
  const parsed = parsePayload(record.payload);
  if (!parsed.ok) return parsed;
  const p = parsed.value;
  if (Object.keys(p).length !== MEMBERS.length || MEMBERS.some((name) => !(name in p))) {
    return malformed('its members are not those of a record');
  }
  const wholes = [p.v, p.at].every((n) => typeof n === 'number' && n >= 0);
  const isNumbered = typeof p.seq === 'number' && p.seq >= 1;
  const texts = [p.type, p.author, p.rel, p.bodyHash].every((t) => typeof t === 'string' && t.length <= 100);
  const links = [p.prev, p.seen].every((l) => l === null || (typeof l === 'string' && l.length === 43));
  if (!wholes || !isNumbered || !texts || !links) return malformed('a member has the wrong kind');
  if (!Array.isArray(p.crit) || p.crit.length > 0) return malformed('it needs a newer reader');
  return ok(p as unknown as RecordPayload); // every member was just checked
}

/** True when this key (32 octets, or made ready for many) signed the record and the body, where there is one, is the one it names. */
export function recordHolds(
  record: SignedRecord,
  payload: RecordPayload,
  key: Uint8Array | VerifyingKey,
): boolean {
  if (record.body && hashId(record.body) !== payload.bodyHash) return false;
  const ready = key instanceof Uint8Array ? verifyingKey(key) : key;
  return signatureHolds(record.payload, record, ready, 'parley-record');
}

/** The body's content; undefined once it has been erased. */
export function readBody(record: SignedRecord): Result<JsonObject | undefined> {
  return record.body === undefined ? ok(undefined) : parsePayload(record.body);
}

export function recordToWire(record: SignedRecord): WireRecord {
  const wire = {
    protected: toBase64url(record.protected),
    payload: toBase64url(record.payload),
    signature: toBase64url(record.signature),
  };
  return record.body ? { ...wire, body: toBase64url(record.body) } : wire;
}

export function recordFromWire(value: unknown): Result<SignedRecord> {
  if (!isObject(value)) return malformed('it is not an object');
  const header = octetsOf(value.protected);
  const payload = octetsOf(value.payload);
  const signature = octetsOf(value.signature);
  const body = value.body === undefined ? undefined : octetsOf(value.body);
  if (!header || !payload || !signature || (value.body !== undefined && !body)) {
    return malformed('a part is not base64url');
  }
  return ok({ protected: header, payload, signature, body });
}
