import { type Envelope, type InboxHandler, send } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { keyOf, malformed, toWire } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { readAnswer } from './documents.ts';
import { isStorefront, notAMarket } from './receive-storefront.ts';
import { endShowing } from './show-casts.ts';
import { NO_STANDING, standingsOf } from './standing.ts';
import { getCast, getSelf, getStorefront, type Self, wireJson } from './store.ts';
import type { AliasRow, CastRow, MarketTables } from './tables.ts';

/**
 * A vendor answers a cast by hand; the answer goes on to whoever cast, with the vendor's standing. Fails with
 * `alias-unknown`, `already-answered`, `cast-full`, `cast-over`, `answer-expired`.
 */
async function answer(tx: Tx, deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const self = await getSelf(tx, tx.home);
  if (!self) return notAMarket();
  const found = await findAlias(tx, envelope);
  if (!found.ok) return found;
  const { alias, cast } = found.value;
  const storefront = await getStorefront(tx, tx.home, alias.storefront);
  const key = keyOf(storefront?.public_key);
  if (!storefront || !key) return malformed('its storefront is not open here');
  const read = readAnswer(envelope.body.answer, key);
  if (!read.ok) return read;
  const { value, document } = read.value;
  if (value.alias !== alias.alias || value.storefront.id !== alias.storefront)
    return malformed('it names another want');
  const now = deps.clock.now();
  if (value.until <= now) return fail('answer-expired', 'Its last day has passed.', 'Give a later day.');
  if (alias.state === 'answered')
    return fail('already-answered', 'It has been answered.', 'One answer counts.');
  if (!cast.is_open || cast.until_at <= now || cast.host === null || cast.inbox === null) {
    return fail('cast-over', 'This want has ended.', 'Nothing more is needed.');
  }
  if (cast.answered >= self.rules.capAnswers) {
    return fail('cast-full', 'This want has as many answers as it takes.', 'Answer another one.');
  }
  const standings = await standingsOf(tx, tx.home, [storefront.id]);
  const standing = standings.get(storefront.id) ?? NO_STANDING;
  await send(tx, deps, {
    to: { host: cast.host, inbox: cast.inbox },
    as: self.speaker,
    type: 'answers',
    body: {
      castId: cast.id,
      answers: [{ answer: wireJson(toWire(document)), standing }],
    },
  });
  await countAnswer(tx, deps, self, alias, cast);
  return ok(null);
}

async function findAlias(tx: Tx, envelope: Envelope): Promise<Result<{ alias: AliasRow; cast: CastRow }>> {
  const db = tables<MarketTables>(tx);
  const name = envelope.body.alias;
  const alias = await db
    .selectFrom('market_aliases')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('alias', '=', typeof name === 'string' ? name : '')
    .where('storefront', '=', envelope.from)
    .executeTakeFirst();
  const cast = alias && (await getCast(tx, tx.home, alias.cast_id));
  if (!alias || !cast)
    return fail('alias-unknown', 'No want has this name here.', 'Look at the list of wants.');
  return ok({ alias, cast });
}

async function countAnswer(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  alias: AliasRow,
  cast: CastRow,
): Promise<void> {
  const db = tables<MarketTables>(tx);
  const answered = cast.answered + 1;
  await db
    .updateTable('market_casts')
    .set({ answered })
    .where('home_id', '=', tx.home)
    .where('id', '=', cast.id)
    .execute();
  await setAlias(tx, alias.alias, 'answered');
  if (answered >= self.rules.capAnswers) await endShowing(tx, deps, self, cast.id, 'full');
}

async function setAlias(tx: Tx, alias: string, state: AliasRow['state']): Promise<void> {
  await tables<MarketTables>(tx)
    .updateTable('market_aliases')
    .set({ state })
    .where('home_id', '=', tx.home)
    .where('alias', '=', alias)
    .execute();
}

/** A vendor does not want to answer; whoever cast is not told. */
async function decline(tx: Tx, _deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  const found = await findAlias(tx, envelope);
  if (!found.ok) return found;
  if (found.value.alias.state === 'shown') await setAlias(tx, found.value.alias.alias, 'declined');
  return ok(null);
}

export const answerReceived: InboxHandler<MarketDeps> = {
  type: 'answer',
  isSpeaker: isStorefront,
  receive: answer,
};
export const castDeclined: InboxHandler<MarketDeps> = {
  type: 'cast-declined',
  isSpeaker: isStorefront,
  receive: decline,
};
