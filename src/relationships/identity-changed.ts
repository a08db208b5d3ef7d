import { type InboxHandler, redirect } from '../delivery/index.ts';
import { equalBytes } from '../kernel/bytes.ts';
import { ok } from '../kernel/result.ts';
import { getCounterpart, type IdentityChange, learnChange, readChange } from '../parties/index.ts';
import { fromWire } from '../records/index.ts';
import type { RelationshipDeps } from './model.ts';
import { relationshipWith } from './pinned.ts';

/** The type of envelope that tells the other side of new keys and a new address. */
export const IDENTITY_CHANGED = 'identity-changed';

function changeIn(wire: unknown): IdentityChange | undefined {
  const document = fromWire(wire);
  const change = document.ok ? readChange(document.value) : document;
  return change.ok ? change.value : undefined;
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
    const learned = await learnChange(tx, deps, envelope.body.change);
    if (!learned.ok || !before || learned.value !== 'learned') return learned;
    const after = await getCounterpart(tx, tx.home, before.id);
    if (after) await redirect(tx, deps, before, after);
    return ok(learned.value);
  },
};
