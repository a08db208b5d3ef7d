import { COME_AGAIN, type InboxHandler, redirect, send } from '../delivery/index.ts';
import { equalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/json.ts';
import { must, ok } from '../kernel/result.ts';
import {
  asIdentity,
  type Counterpart,
  changesOf,
  getCounterpart,
  type IdentityChange,
  learnChange,
  reachOf,
  readChange,
  stateOf,
} from '../parties/index.ts';
import { documentId, fromWire, type SignedDocument, toWire } from '../records/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import type { RelationshipDeps } from './model.ts';
import { relationshipWith } from './pinned.ts';

/** The type of envelope that tells the other side of new keys and a new address. */
export const IDENTITY_CHANGED = 'identity-changed';

function changeIn(wire: unknown): IdentityChange | undefined {
  const document = fromWire(wire);
  const change = document.ok ? readChange(document.value) : document;
  return change.ok ? change.value : undefined;
}

/** The key that a change of mine puts in force. */
function nodeKeyIn(change: SignedDocument): Uint8Array {
  return must(readChange(change)).nodeKey;
}

/** Tells the other side of a change of mine, at the latest when I say anything else there. */
export async function tellChange(
  tx: Tx,
  deps: BaseDeps,
  mine: string,
  other: Counterpart,
  change: SignedDocument,
  notBefore: Instant = deps.clock.now(),
): Promise<void> {
  await send(tx, deps, {
    to: reachOf(other),
    // With the key that this very change names, whatever has changed since.
    as: asIdentity(mine, documentId(change), nodeKeyIn(change)),
    type: IDENTITY_CHANGED,
    body: { change: wireJson(change) },
    isBlurred: true,
    noticeOf: mine,
    notBefore,
  });
}

/** Tells somebody who has just been met, by the first entry of my log, of every change since. */
export async function tellChanges(tx: Tx, deps: BaseDeps, mine: string, other: Counterpart): Promise<void> {
  for (const change of await changesOf(tx, tx.home, mine)) await tellChange(tx, deps, mine, other, change);
}

function wireJson(document: SignedDocument): JsonObject {
  const { payload, signatures } = toWire(document);
  return { payload, signatures: signatures.map((it) => ({ ...it })) };
}

/**
 * Their keys or their address changed. It comes under the change's own name, so that nothing that waits behind the old
 * key holds it back; what waits for their old address goes to the new one.
 */
export const identityChanged: InboxHandler<RelationshipDeps> = {
  type: IDENTITY_CHANGED,
  async isSpeaker(tx, _deps, envelope, key) {
    const change = changeIn(envelope.body.change);
    if (change?.id !== envelope.from || !equalBytes(change.nodeKey, key)) return false;
    // Of somebody whom nobody met behind this path nothing is kept, not even a refusal.
    const isMet = (await getCounterpart(tx, tx.home, change.identity)) !== undefined;
    return isMet && (await relationshipWith(tx, change.identity, envelope.to)) !== undefined;
  },
  async receive(tx, deps, envelope) {
    const change = changeIn(envelope.body.change);
    const before = change && (await getCounterpart(tx, tx.home, change.identity));
    // One that came before it is still under way, under a name of its own.
    if (before && change.number > (await stateOf(tx, tx.home, before)).number + 1) return ok(COME_AGAIN);
    const learned = await learnChange(tx, deps, envelope.body.change);
    if (!learned.ok || !before || learned.value !== 'learned') return learned;
    const after = await getCounterpart(tx, tx.home, before.id);
    if (after) await redirect(tx, deps, before, after);
    return ok(learned.value);
  },
};
