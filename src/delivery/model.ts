import { sql } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import type { IsSpeaker } from './speakers.ts';

/** Where an envelope goes: a node and a random path that only that node can read. */
export interface Destination {
  readonly host: string;
  readonly inbox: string;
  /** The Ed25519 public key (base64url) that I know the receiver by; receipts must be signed by it. */
  readonly key?: string | undefined;
}

/** Envelopes of one sender to one path: they keep their order, and one key signs for them. */
export interface Lane {
  readonly home: HomeId;
  readonly sender: string;
  readonly signer: string;
  readonly to: Destination;
}

/** One message between two parties. Its octets are fixed when it is sent; (from, id) is acted on once. */
export interface Envelope {
  readonly v: 1;
  /** 128 random bits. */
  readonly id: string;
  /** The pairwise identity, or the one-use key, that the receiver knows the sender by. */
  readonly from: string;
  /** The receiver's inbox path. */
  readonly to: string;
  readonly type: string;
  /** Instants: written, and given up after. Both are the sender's claims. */
  readonly iat: number;
  readonly exp: number;
  readonly body: JsonObject;
}

/**
 * What a room does with one type of message, inside the receiver's transaction. A Failure refuses the message:
 * nothing it wrote stays, and the sender gets the code.
 */
export interface InboxHandler<Deps extends BaseDeps> {
  readonly type: string;
  /** True for what strangers may send: beyond a few it costs them something. */
  readonly isForStrangers?: boolean;
  /** Whose key must have signed what comes from another node. */
  readonly isSpeaker: IsSpeaker<Deps>;
  readonly receive: (tx: Tx, deps: Deps, envelope: Envelope) => Promise<Result<unknown>>;
  /**
   * The same for the first envelopes of a lane at once, as far as nothing is odd about them and whoever speaks in the first
   * speaks in each: answers how many were acted on; it wrote nothing for the others, which then come one by one.
   */
  readonly receiveTogether?: (tx: Tx, deps: Deps, lane: readonly Envelope[]) => Promise<number>;
}

/** What a handler may answer beside success: what it wrote stands, and the sender is told to come again, or no. */
export const COME_AGAIN = { verdict: 'again' } as const;
interface RefusedAndKept {
  readonly verdict: 'refused';
  readonly code: string;
}

export function refusedAndKept(code: string): RefusedAndKept {
  return { verdict: 'refused', code };
}

/** The answer to an envelope, given byte for byte again when it comes again. */
export interface Receipt {
  readonly v: 1;
  readonly id: string;
  readonly result: 'acted' | 'refused' | 'kept';
  readonly code?: string;
  readonly at: number;
}

/** saved here, received there (acted on, refused, or kept in a box until it is fetched), given up after many tries, or dropped by its sender. */
export type OutboxState = 'saved' | 'acted' | 'refused' | 'kept' | 'dead' | 'dropped';

export interface OutboxRow {
  home_id: string;
  id: string;
  position: number;
  /** The name the receiver knows the sender by, and which key of the home signs for it (parties/speaker.ts). */
  sender: string;
  signer: string;
  host: string;
  path: string;
  /** The key that the receipt must be signed by; null when the receiver is not known by one. */
  peer_key: string | null;
  type: string;
  /** What it is about, for showing its state beside the thing itself: a record (`aboutRecord`), an intent's id. */
  about: string | null;
  octets: Uint8Array;
  state: OutboxState;
  attempts: number;
  next_at: number;
  expires_at: number;
  saved_at: number;
  sent_at: number | null;
  received_at: number | null;
  problem: string | null;
  receipt: Uint8Array | null;
}

/** What it takes to carry an envelope that waits, and to note what came of it. */
export type WaitingRow = Pick<OutboxRow, (typeof WAITING)[number]>;

export const WAITING = [
  ...(['home_id', 'id', 'position', 'sender', 'signer', 'host', 'path', 'peer_key'] as const),
  ...(['type', 'about', 'octets', 'attempts', 'sent_at'] as const),
] as const;

/**
 * In the words of the indexes of what has not ended (storage/migrations/0025): a statement that says so with these very
 * words reads them, and none of the history.
 */
export const UNFINISHED = sql<boolean>`state in ('saved', 'dead')`;

/** The same of what ended otherwise than it was meant. */
export const AMISS = sql<boolean>`state in ('refused', 'kept', 'dropped')`;

interface InboxRow {
  home_id: string;
  sender: string;
  id: string;
  type: string;
  path: string;
  received_at: number;
  /** Until then the envelope may come again. */
  expires_at: number;
  receipt: Uint8Array;
}

interface DropLetterRow {
  home_id: string;
  box: string;
  position: number;
  sender: string;
  id: string;
  sender_key: Uint8Array;
  octets: Uint8Array;
  kept_at: number;
  expires_at: number;
}

/** A box of mine at another node. */
export interface DropBoxRow {
  home_id: string;
  box: string;
  host: string;
  /** Which key of the home opens it (parties/speaker.ts). */
  signer: string;
  /** The last letter that is here. */
  read_to: number;
  /** Looks in a row that found nothing. */
  looked: number;
  look_at: number;
  until_at: number;
}

export interface DeliveryTables {
  drop_letters: DropLetterRow;
  drop_boxes: DropBoxRow;
  outbox: OutboxRow;
  inbox: InboxRow;
  counters: { home_id: string; name: string; value: number };
}
