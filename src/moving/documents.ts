import { z } from 'zod';
import { fromBase64url } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { SigningKey } from '../kernel/signing.ts';
import {
  type DocumentPayload,
  fromWire,
  malformed,
  readDocument,
  type SignedDocument,
  signDocument,
  signedBy,
  toWire,
} from '../records/index.ts';

const ANSWER = 'move-answer';
const HAND_OVER = 'hand-over';

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const count = z.int().min(0);

/** How many rows each section of an archive has, and their hash, as they stand in a database. */
export const Summary = z.strictObject({
  counts: z.record(z.string(), count),
  hashes: z.record(z.string(), hash),
});
export type Summary = z.infer<typeof Summary>;

/** How far a move is, as the new node says it; `gone` is final: it has no copy and takes no hand-over any more. */
const AnswerState = z.enum(['receiving', 'checking', 'arrived', 'handed-over', 'in-use', 'refused', 'gone']);

export const Answer = z.strictObject({
  type: z.literal(ANSWER),
  v: z.literal(1),
  move: z.string(),
  state: AnswerState,
  /** Octets of the archive that are there. */
  have: count,
  /** The archive that it speaks of, once one is known. */
  sha256: hash.nullable(),
  party: z.string().nullable(),
  /** What the party is called there, once it is. */
  handle: z.string().max(32).nullable(),
  /** What arrived, read back from the database. */
  summary: Summary.nullable(),
  problem: z.string().nullable(),
});
export type Answer = z.infer<typeof Answer>;

/** Passes on the right to act for a party, once; signed by the node that had it. */
export const HandOver = z.strictObject({
  type: z.literal(HAND_OVER),
  v: z.literal(1),
  move: z.string(),
  party: z.string(),
  sha256: hash,
  /** Keys of the nodes. */
  from: hash,
  to: hash,
});
type HandOver = z.infer<typeof HandOver>;

export function signAnswer(answer: Omit<Answer, 'type' | 'v'>, key: SigningKey): SignedDocument {
  return signDocument(payload({ type: ANSWER, v: 1, ...answer }), key);
}

/** An answer to this move, signed by the node that was invited from. Fails with `record-malformed`. */
export function readAnswer(wire: unknown, move: string, peerKey: string): Result<Answer> {
  const read = read1(wire, ANSWER, Answer, peerKey);
  return read.ok && read.value.move !== move ? malformed('it is about another move') : read;
}

export function signHandOver(handOver: Omit<HandOver, 'type' | 'v'>, key: SigningKey): SignedDocument {
  return signDocument(payload({ type: HAND_OVER, v: 1, ...handOver }), key);
}

export function readHandOver(wire: unknown, peerKey: string): Result<HandOver> {
  return read1(wire, HAND_OVER, HandOver, peerKey);
}

function read1<T>(wire: unknown, type: string, schema: z.ZodType<T>, peerKey: string): Result<T> {
  const document = fromWire(wire);
  if (!document.ok) return document;
  const key = fromBase64url(peerKey);
  if (!key || !signedBy(document.value, key)) return malformed('the other node did not sign it');
  const read = readDocument(document.value, type, 1);
  if (!read.ok) return read;
  const parsed = schema.safeParse(read.value);
  return parsed.success ? ok(parsed.data) : malformed('its members are others');
}

export function wireOf(document: SignedDocument): JsonObject {
  const { payload: octets, signatures } = toWire(document);
  return { payload: octets, signatures: signatures.map((it) => ({ ...it })) };
}

function payload(value: object): DocumentPayload {
  return value as DocumentPayload; // plain JSON with type and version, made right above
}
