import type { z } from 'zod';
import { toBase64url } from '../kernel/bytes.ts';
import type { Random } from '../kernel/random.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { SigningKey, VerifyingKey } from '../kernel/signing.ts';
import {
  type DocumentPayload,
  documentId,
  fromWire,
  keyOf,
  malformed,
  type Read,
  readDocument,
  readSigned,
  type SignedDocument,
  signDocument,
  toWire,
  type WireDocument,
} from '../records/index.ts';
import {
  Answer,
  type AnswerContent,
  Attestation,
  type AttestationContent,
  Cast,
  CastClosed,
  type CastContent,
  Hold,
  type HoldContent,
  Listing,
  type ListingContent,
  type MarketContent,
  MarketDocument,
  Outcome,
  type OutcomeContent,
  OutcomeRecord,
  type OutcomeResult,
  QuoteDeclined,
  StockNote,
  Storefront,
  type StorefrontContent,
  Table,
  type TableContent,
  Ticket,
  Withdrawal,
} from './model.ts';

/** A document that was read and whose signature holds, with its id and the very bytes. */
export type Verified<T> = Read<T>;

/** Signs content as a document of this type, with a salt of 128 random bits. Answers its wire form too. */
export interface Signed {
  readonly id: string;
  readonly document: SignedDocument;
  readonly wire: WireDocument;
}

function sign(type: string, content: object, key: SigningKey, random: Random): Signed {
  // Content is one of the types below: plain JSON all the way down.
  const payload = {
    type,
    v: 1,
    ...content,
    salt: toBase64url(random.bytes(16)),
  } as unknown as DocumentPayload;
  const document = signDocument(payload, key);
  return { id: documentId(document), document, wire: toWire(document) };
}

export const signStorefront = (c: StorefrontContent, key: SigningKey, random: Random): Signed =>
  sign('storefront', c, key, random);
export const signListing = (c: ListingContent, key: SigningKey, random: Random): Signed =>
  sign('listing', c, key, random);
export const signAnswer = (c: AnswerContent, key: SigningKey, random: Random): Signed =>
  sign('answer', c, key, random);
export const signAttestation = (c: AttestationContent, key: SigningKey, random: Random): Signed =>
  sign('attestation', c, key, random);
export const signCast = (c: CastContent, key: SigningKey, random: Random): Signed =>
  sign('cast', c, key, random);
export const signCastClosed = (c: { castId: string }, key: SigningKey, random: Random): Signed =>
  sign('cast-closed', c, key, random);
export const signWithdrawal = (
  c: { listing: string; storefront: string },
  key: SigningKey,
  random: Random,
): Signed => sign('listing-withdrawal', c, key, random);
export const signStock = (
  c: { listing: string; storefront: string; left: 0 | 1 },
  key: SigningKey,
  random: Random,
): Signed => sign('listing-stock', c, key, random);
export const signHold = (c: HoldContent, key: SigningKey, random: Random): Signed =>
  sign('hold', c, key, random);
export const signQuoteDeclined = (
  c: { castId: string; listing: string },
  key: SigningKey,
  random: Random,
): Signed => sign('quote-declined', c, key, random);
export const signTable = (c: TableContent, key: SigningKey, random: Random): Signed =>
  sign('cells', c, key, random);
export const signMarket = (c: MarketContent, key: SigningKey, random: Random): Signed =>
  sign('market', c, key, random);
export const signTicket = (c: { storefront: string; key: string }, key: SigningKey, random: Random): Signed =>
  sign('ticket', c, key, random);
export const signOutcome = (c: OutcomeContent, key: SigningKey, random: Random): Signed =>
  sign('outcome', c, key, random);

/** Reads a document of a type by its schema; the key that must have signed it is found in it or is given. */
function reader<T>(type: string, schema: z.ZodType<T>, keyIn: (value: T) => string | undefined) {
  return (wire: unknown, key?: Uint8Array | VerifyingKey): Result<Verified<T>> =>
    readSigned(wire, type, schema, (value) => key ?? keyOf(keyIn(value)));
}

/** Each refuses with `record-malformed` what is not of its type, does not fit its schema or is not signed by its key. */
export const readListing = reader('listing', Listing, (l) => l.storefront.key);
export const readAnswer = reader('answer', Answer, (a) => a.storefront.key);
export const readStorefront = reader('storefront', Storefront, (s) => s.key);
export const readCast = reader('cast', Cast, (c) => c.key);
export const readAttestation = reader('attestation', Attestation, (a) => a.attester);
export const readMarket = reader('market', MarketDocument, (m) => m.key);
export const readHold = reader('hold', Hold, (h) => h.key);
/** The key is not in these: give the one that must have signed. */
export const readTable = reader('cells', Table, () => undefined);
export const readCastClosed = reader('cast-closed', CastClosed, () => undefined);
export const readWithdrawal = reader('listing-withdrawal', Withdrawal, () => undefined);
export const readQuoteDeclined = reader('quote-declined', QuoteDeclined, () => undefined);
export const readStock = reader('listing-stock', StockNote, () => undefined);
const readTicket = reader('ticket', Ticket, () => undefined);
const readStated = reader('outcome', Outcome, () => undefined);

/** The cast of which a document claims to decline a quote, before its signature can be checked. */
export function declinedCastId(wire: unknown): string | undefined {
  return claimed(wire, 'quote-declined', 'castId');
}

/** The listing that a document claims to withdraw, before its signature can be checked. */
export function listingOfWithdrawal(wire: unknown): string | undefined {
  return claimed(wire, 'listing-withdrawal', 'listing');
}

/** The cast that a document claims to close, before its signature can be checked; undefined when it names none. */
export function closedCastId(wire: unknown): string | undefined {
  return claimed(wire, 'cast-closed', 'castId');
}

function claimed(wire: unknown, type: string, member: string): string | undefined {
  const document = fromWire(wire);
  const payload = document.ok ? readDocument(document.value, type, 1) : document;
  const value = payload.ok ? payload.value[member] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The storefront that a ticket claims to be of, before its signature can be checked. */
export function storefrontOfTicket(wire: unknown): string | undefined {
  return claimed(wire, 'ticket', 'storefront');
}

/** How one agreement went, as both sides have signed it. */
export interface VerifiedOutcome {
  /** The ticket's id: stands for the agreement, which is not named. */
  readonly agreement: string;
  /** The one-use key that the ticket allows. */
  readonly buyerKey: string;
  readonly storefront: string;
  readonly result: OutcomeResult;
  readonly on: string;
}

/** Reads `{ticket, outcome}`: the ticket signed by this storefront's key, the outcome by the key of the ticket. */
export function readOutcome(
  record: unknown,
  storefrontKey: Uint8Array,
): Result<{ readonly value: VerifiedOutcome }> {
  const form = OutcomeRecord.safeParse(record);
  if (!form.success) return malformed('it is not an outcome with its ticket');
  const ticket = readTicket(form.data.ticket, storefrontKey);
  if (!ticket.ok) return ticket;
  const { storefront, key } = ticket.value.value;
  const outcome = readStated(form.data.outcome, keyOf(key));
  if (!outcome.ok) return outcome;
  const { result, on } = outcome.value.value;
  if (outcome.value.value.storefront !== storefront) return malformed('its ticket is for another storefront');
  if (keyOf(key)?.every((octet, i) => octet === storefrontKey[i]))
    return malformed('one key signed for both sides');
  return ok({ value: { agreement: ticket.value.id, buyerKey: key, storefront, result, on } });
}
