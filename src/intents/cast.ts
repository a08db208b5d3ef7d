import { replyAddress, send } from '../delivery/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import { derive } from '../kernel/sealing.ts';
import type { SigningKey } from '../kernel/signing.ts';
import {
  type CastContent,
  epochOf,
  type KnownMarket,
  signAttestation,
  signCast,
  signCastClosed,
  signQuoteDeclined,
  wireJson,
} from '../market/index.ts';
import { asOneUse, nodeIdentityKey, oneUseKey, type Speaker } from '../parties/index.ts';
import { keepDocument, type WireDocument } from '../records/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { insertCast, takeAttestation, updateCast } from './cast-store.ts';
import { type Counted, castUntil } from './cell-rules.ts';
import { intentLimits } from './limits.ts';
import type { CastRow } from './tables.ts';

/**
 * Sends one cast: a key, an id and a reply path that are used for nothing else, the cell, and at most one attestation
 * per market and epoch. Every cast is filled up to the same length.
 */
export async function castOnce(
  tx: Tx,
  deps: BaseDeps,
  market: KnownMarket,
  intent: string,
  as: Pick<Counted, 'cell' | 'id' | 'atLeast'>,
): Promise<void> {
  const now = deps.clock.now();
  const castId = newId(deps.random);
  const key = await castKey(tx, deps, castId);
  const attestation = await attestationFor(tx, deps, market, castId);
  const until = castUntil(as.cell.time, now);
  const reply = await replyAddress(tx, deps, market.address.host, castKeyName(castId), until);
  const content: CastContent = {
    castId,
    key: toBase64url(key.publicKey),
    cell: as.cell,
    reply,
    until,
    ...(attestation && { attestation: { ...attestation, signatures: [...attestation.signatures] } }),
  };
  const signed = signCast(filledUp(content), key, deps.random);
  const document = await keepDocument(tx, 'cast', signed.document, now);
  await send(tx, deps, {
    to: { ...market.address, key: market.key },
    as: asCast(key, castId),
    type: 'cast',
    body: { cast: wireJson(signed.wire) },
    about: intent,
  });
  await insertCast(tx, {
    id: castId,
    intent,
    market: market.id,
    cell: as.id,
    at_least: as.atLeast,
    reply: reply.inbox,
    document,
    is_counted: attestation !== undefined,
    cast_at: now,
    until_at: content.until,
    closed_at: null,
    asked: null,
  });
}

/** Tells the market that a cast asks for nothing more. */
export async function closeCast(tx: Tx, deps: BaseDeps, market: KnownMarket, cast: CastRow): Promise<void> {
  const key = await castKey(tx, deps, cast.id);
  const signed = signCastClosed({ castId: cast.id }, key, deps.random);
  await send(tx, deps, {
    to: { ...market.address, key: market.key },
    as: asCast(key, cast.id),
    type: 'cast-closed',
    body: { closed: wireJson(signed.wire) },
    about: cast.intent,
  });
  await updateCast(tx, cast.id, { closed_at: deps.clock.now() });
}

/** Tells the market that what a vendor set aside for a cast is not needed. */
export async function declineQuote(
  tx: Tx,
  deps: BaseDeps,
  market: KnownMarket,
  cast: CastRow,
  listing: string,
): Promise<void> {
  const key = await castKey(tx, deps, cast.id);
  const signed = signQuoteDeclined({ castId: cast.id, listing }, key, deps.random);
  await send(tx, deps, {
    to: { ...market.address, key: market.key },
    as: asCast(key, cast.id),
    type: 'quote-declined',
    body: { declined: wireJson(signed.wire) },
    about: cast.intent,
  });
}

/** Speaks for one cast, or one question, and for nothing else. */
export function asCast(key: SigningKey, id: string): Speaker {
  return asOneUse(key, castKeyName(id));
}

/** What the key of a cast or of a question is derived under. */
export function castKeyName(id: string): string {
  return `cast/${id}`;
}

/** The key of one cast, from its id. */
export function castKey(tx: Tx, deps: BaseDeps, castId: string): Promise<SigningKey> {
  return oneUseKey(tx, deps, castKeyName(castId));
}

/**
 * The node's word that one account stands behind this cast; undefined when the account has used its one of this epoch.
 * The token follows from account, market and epoch, so that even a copy of this node cannot be counted twice.
 */
async function attestationFor(
  tx: Tx,
  deps: BaseDeps,
  market: KnownMarket,
  castId: string,
): Promise<WireDocument | undefined> {
  const attester = nodeIdentityKey(deps.nodeKey);
  // A market counts whom its own attester vouches for; to any other the key of this node would only say whose cast it is.
  if (market.rules.attester !== toBase64url(attester.publicKey)) return undefined;
  const epoch = epochOf(deps.clock.now(), market.rules);
  if (!(await takeAttestation(tx, market.id, epoch, castId))) return undefined;
  const token = derive(deps.nodeKey, `parley/attestation/v1/${tx.home}/${market.id}/${epoch}`).subarray(
    0,
    16,
  );
  const content = {
    attester: toBase64url(attester.publicKey),
    market: market.id,
    epoch,
    token: toBase64url(token),
  };
  return signAttestation(content, attester, deps.random).wire;
}

/** The content with a filling, so that the payload's length says nothing: not the cell, not the attestation. */
export function filledUp(content: CastContent): CastContent & { readonly filling: string } {
  const salt = 'x'.repeat(22);
  const bare = Buffer.byteLength(JSON.stringify({ type: 'cast', v: 1, ...content, filling: '', salt }));
  const whole = Math.ceil(bare / intentLimits.castOctets) * intentLimits.castOctets;
  return { ...content, filling: '.'.repeat(whole - bare) };
}
