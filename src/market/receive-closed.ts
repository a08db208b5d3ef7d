import { type Envelope, type InboxHandler, ownName } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { keyOf, malformed } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { endHolds } from './ask-holds.ts';
import type { MarketDeps } from './deps.ts';
import { closedCastId, readCastClosed } from './documents.ts';
import { notAMarket } from './receive-storefront.ts';
import { endShowing } from './show-casts.ts';
import { getCast, getSelf } from './store.ts';
import type { MarketTables } from './tables.ts';

/**
 * Whoever cast asks for nothing more: the way back to them is forgotten, and vendors who were shown it and have not
 * answered, or who set a piece aside for it, are told. Fails with `cast-unknown`.
 */
async function receive(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const self = await getSelf(tx, tx.home);
  if (!self) return notAMarket();
  const cast = await getCast(tx, tx.home, closedCastId(envelope.body.closed) ?? '');
  const key = keyOf(cast?.public_key);
  if (!cast || !key) return fail('cast-unknown', 'No such want was cast here.', 'Nothing needs to be done.');
  const read = readCastClosed(envelope.body.closed, key);
  if (!read.ok) return malformed('another key closed it');
  if (!cast.is_open) return ok(null);
  await tables<MarketTables>(tx)
    .updateTable('market_casts')
    .set({ is_open: false, is_waiting: false, host: null, inbox: null })
    .where('home_id', '=', tx.home)
    .where('id', '=', cast.id)
    .execute();
  await endHolds(tx, deps, self, cast.id);
  await endShowing(tx, deps, self, cast.id, 'closed');
  return ok(null);
}

export const castClosed: InboxHandler<MarketDeps> = { type: 'cast-closed', isSpeaker: ownName, receive };
