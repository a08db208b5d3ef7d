import { type Envelope, type InboxHandler, ownName } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { thumbprint } from '../kernel/signing.ts';
import { keyOf, malformed } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { quoteOrAsk } from './ask-holds.ts';
import { type Cell, cellId } from './cells.ts';
import { knowledgeOf, type MarketDeps, positionsAbove } from './deps.ts';
import { readAttestation, readCast } from './documents.ts';
import { epochOf } from './epochs.ts';
import { cellKey } from './keys.ts';
import { cellRow, findListings, type Search } from './match-store.ts';
import type { Cast } from './model.ts';
import { marketLimits } from './parts.ts';
import { notAMarket } from './receive-storefront.ts';
import { type CellKey, tieOf } from './rules.ts';
import { showCast } from './show-casts.ts';
import { getSelf, type Self } from './store.ts';
import type { CastRow, MarketTables } from './tables.ts';

const DAY_MS = 86_400_000;

/**
 * A want is cast: it joins its cell, listings that answer by themselves are quoted, `firm` ones once a piece is set aside,
 * and vendors who answer by hand are shown it. Fails with `cast-malformed`, `cell-unknown`, `cast-over`, `cast-too-long`, `cast-known`.
 */
async function receive(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const self = await getSelf(tx, tx.home);
  if (!self) return notAMarket();
  const read = readCast(envelope.body.cast);
  if (!read.ok) return read;
  const cast = read.value.value;
  const key = keyOf(cast.key);
  if (!key || thumbprint(key) !== envelope.from) return malformed('its sender has another key');
  const now = deps.clock.now();
  if (cast.until <= now) return fail('cast-over', 'This want had ended when it came.', 'Cast it again.');
  if (cast.until > now + marketLimits.castDays * DAY_MS) {
    return fail('cast-too-long', 'A want may not stay open that long.', 'Choose a nearer day.');
  }
  const cell = await enterCell(tx, deps, cast.cell);
  if (!cell)
    return fail('cell-unknown', 'This market does not know that category or area.', 'Choose another.');
  const row = await insertCast(tx, deps, self, cast);
  if (!row) return fail('cast-known', 'A want with this id has been cast before.', 'Cast it with a new id.');
  await answerNow(tx, deps, self, row, cast, cell);
  return ok(null);
}

/** The key of a cell that is known here, remembered when it is new; undefined for a category or area that is not. */
export async function enterCell(tx: Tx, deps: MarketDeps, cell: Cell): Promise<CellKey | undefined> {
  const key = cellKey(cell, knowledgeOf(deps));
  if (!key) return undefined;
  await tables<MarketTables>(tx)
    .insertInto('market_cells')
    .values(cellRow(tx.home, cellId(cell), key))
    .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
    .execute();
  return key;
}

async function insertCast(tx: Tx, deps: MarketDeps, self: Self, cast: Cast): Promise<CastRow | undefined> {
  const now = deps.clock.now();
  const row: CastRow = {
    home_id: tx.home,
    id: cast.castId,
    cell: cellId(cast.cell),
    public_key: cast.key,
    host: cast.reply.host,
    inbox: cast.reply.inbox,
    cast_at: now,
    until_at: cast.until,
    epoch: epochOf(now, self.rules),
    is_counted: await isCounted(tx, deps, self, cast),
    is_open: true,
    is_waiting: true,
    quoted: 0,
    answered: 0,
  };
  const inserted = await tables<MarketTables>(tx)
    .insertInto('market_casts')
    .values(row)
    .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted && row;
}

/**
 * Whether an account stands behind it that has not been counted in this epoch. Anything else casts all the same and
 * is not counted: a market never learns why.
 */
async function isCounted(tx: Tx, deps: MarketDeps, self: Self, cast: Cast): Promise<boolean> {
  const attester = keyOf(self.rules.attester);
  if (cast.attestation === undefined || !attester) return false;
  const read = readAttestation(cast.attestation, attester);
  if (!read.ok) return false;
  const { market, epoch, token } = read.value.value;
  if (market !== self.id || epoch !== epochOf(deps.clock.now(), self.rules)) return false;
  const used = await tables<MarketTables>(tx)
    .insertInto('market_tokens')
    .values({ home_id: tx.home, epoch, token })
    .onConflict((c) => c.columns(['home_id', 'epoch', 'token']).doNothing())
    .returning('token')
    .executeTakeFirst();
  return used !== undefined;
}

async function answerNow(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  row: CastRow,
  cast: Cast,
  cell: CellKey,
): Promise<void> {
  const most = Math.min(marketLimits.quotesAtOnce, self.rules.capQuotes);
  const search: Search = {
    cell,
    above: positionsAbove(deps, cast.cell.category),
    castTie: tieOf(cast.castId),
    now: deps.clock.now(),
    isByHand: false,
    perVendor: self.rules.capPerVendor,
    limit: most + 1,
  };
  const found = await findListings(tx, tx.home, search);
  const byHand = await findListings(tx, tx.home, {
    ...search,
    isByHand: true,
    perVendor: 1,
    limit: marketLimits.vendorsPerCast,
  });
  const asked = await showCast(
    tx,
    deps,
    self,
    row,
    byHand.map((it) => it.storefront),
  );
  await quoteOrAsk(tx, deps, self, row, found.slice(0, most), found.length > most, asked);
}

export const castReceived: InboxHandler<MarketDeps> = { type: 'cast', isSpeaker: ownName, receive };
