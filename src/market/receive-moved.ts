import { COME_AGAIN, type InboxHandler, redirect } from '../delivery/index.ts';
import { equalBytes } from '../kernel/bytes.ts';
import { isFailure, ok } from '../kernel/result.ts';
import {
  getCounterpart,
  type IdentityChange,
  learnChange,
  meetCounterpart,
  readChange,
  stateOf,
} from '../parties/index.ts';
import { fromWire, malformed } from '../records/index.ts';
import { tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { readStorefront } from './documents.ts';
import { getStorefront } from './store.ts';
import type { MarketTables } from './tables.ts';

function changeIn(wire: unknown): IdentityChange | undefined {
  const document = fromWire(wire);
  const change = document.ok ? readChange(document.value) : document;
  return change.ok ? change.value : undefined;
}

/**
 * A storefront has new keys and another address. It holds by the key log of the identity that the storefront was opened
 * with, as between any two who know each other; its listings and its standing stay.
 */
export const storefrontMoved: InboxHandler<MarketDeps> = {
  type: 'storefront-moved',
  async isSpeaker(_tx, _deps, envelope, key) {
    const change = changeIn(envelope.body.change);
    return change?.id === envelope.from && equalBytes(change.nodeKey, key);
  },
  async receive(tx, deps, envelope) {
    const { storefront: named } = envelope.body;
    const row = typeof named === 'string' ? await getStorefront(tx, tx.home, named) : undefined;
    const storefront = row && readStorefront(JSON.parse(row.document));
    const change = changeIn(envelope.body.change);
    if (!row || !storefront?.ok || !change) return malformed('there is no such storefront here');
    const met = await meetCounterpart(tx, deps, storefront.value.value.identity);
    if (isFailure(met)) return met;
    const before = await getCounterpart(tx, tx.home, met.value.id);
    if (!before || change.identity !== before.id) return malformed('it is another identity');
    if (change.number > (await stateOf(tx, tx.home, before)).number + 1) return ok(COME_AGAIN);
    const learned = await learnChange(tx, deps, envelope.body.change);
    const after = await getCounterpart(tx, tx.home, before.id);
    if (!learned.ok || learned.value !== 'learned' || !after) return learned;
    const { node_key: public_key, host, inbox } = after;
    await tables<MarketTables>(tx)
      .updateTable('market_storefronts')
      .set({ public_key, host, inbox })
      .where('home_id', '=', tx.home)
      .where('id', '=', row.id)
      .execute();
    await redirect(tx, deps, before, after);
    return ok(learned.value);
  },
};
