import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import {
  type AnswerContent,
  Ask,
  Delivery,
  Fee,
  type KnownMarket,
  marketFee,
  marketLimits,
  PlaceRef,
  price,
  rosterId,
  signAnswer,
  signaturesText,
  wireJson,
} from '../market/index.ts';
import type { Tx } from '../storage/index.ts';
import { answerView } from './answer-view.ts';
import type { DeskDeps } from './deps.ts';
import type { OwnAnswer } from './model.ts';
import { marketGone } from './publish-listing.ts';
import { marketOf } from './sign-listings.ts';
import { getSeen, insertOffers, updateSeen } from './store.ts';
import { chosenStorefront, type OwnStorefront } from './storefront.ts';
import type { OfferRow, SeenRow } from './tables.ts';
import { tellMarket } from './tell-market.ts';

const DAY_MS = 86_400_000;

export const AnswerIntent = z.object({
  alias: id.describe('The name under which the market shows you the want.'),
  title: line,
  price: price.describe('Of one piece or job, without fees.'),
  until: instant.describe('It binds you until then.'),
  terms: z
    .array(rosterId)
    .min(1)
    .max(marketLimits.terms)
    .optional()
    .describe('Those the want requires when left out.'),
  delivery: Delivery,
  place: PlaceRef.optional(),
  quantity: z.int().min(1).optional().describe('Pieces or jobs it holds for; one when left out.'),
  fees: z
    .array(Fee)
    .max(marketLimits.fees - 1)
    .default([]),
  asks: z.array(Ask).max(marketLimits.asks).default([]),
  note: text.default(''),
});
type Input = z.output<typeof AnswerIntent>;

/**
 * Answers a want by hand with an offer that binds until its date; one acceptance takes it. Fails with `cast-unknown`,
 * `already-answered`, `cast-full`, `cast-over`, `answer-expired`, `fees-differ`, `storefront-unknown`.
 */
export async function answerIntent(
  deps: DeskDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<OwnAnswer>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const seen = await waitingCast(tx, deps, input.alias);
    if (isFailure(seen)) return seen;
    const wrong = problemOf(deps, input);
    if (wrong) return wrong;
    const storefront = await chosenStorefront(tx, deps, seen.storefront);
    if (!storefront.ok) return storefront;
    const market = await marketOf(tx, storefront.value);
    if (!market) return marketGone();
    return ok(await answer(tx, deps, storefront.value, market, seen, input));
  });
}

/** A cast that waits for an answer of mine. */
export async function waitingCast(tx: Tx, deps: DeskDeps, alias: string): Promise<SeenRow | Failure> {
  const seen = await getSeen(tx, tx.home, alias);
  if (!seen) return fail('cast-unknown', 'You have seen no such want.', 'Look at the list of wants.');
  if (seen.state === 'answered') {
    return fail('already-answered', 'You have answered this want.', 'Your answer stands until its date.');
  }
  if (seen.state === 'full') {
    return fail('cast-full', 'This want has as many answers as it takes.', 'Answer another one.');
  }
  if (seen.state === 'closed' || seen.until_at <= deps.clock.now()) {
    return fail('cast-over', 'This want has ended.', 'Nothing more is needed.');
  }
  return seen;
}

function problemOf(deps: DeskDeps, input: Input): Failure | undefined {
  const now = deps.clock.now();
  if (input.until <= now || input.until > now + marketLimits.offerDays * DAY_MS) {
    return fail('answer-expired', 'Its last day has passed, or is too far away.', 'Give another day.');
  }
  if (input.fees.every((fee) => fee.amount.unit === input.price.unit)) return undefined;
  return fail('fees-differ', 'A fee is in another unit than the price.', 'Give all of them in one unit.');
}

async function answer(
  tx: Tx,
  deps: DeskDeps,
  storefront: OwnStorefront,
  market: KnownMarket,
  seen: SeenRow,
  input: Input,
): Promise<OwnAnswer> {
  const { terms, place, quantity, ...said } = input;
  const owed = marketFee(input.price, market.rules, market.name);
  const content: AnswerContent = {
    ...said,
    storefront: storefront.ref,
    fees: owed ? [...input.fees, owed] : input.fees,
    terms: terms ?? [seen.terms],
    ...(place && { place }),
    ...(quantity !== undefined && { quantity }),
  };
  const signed = signAnswer(content, storefront.key, deps.random);
  const row: OfferRow = {
    home_id: tx.home,
    id: signed.id,
    kind: 'answer',
    storefront: storefront.id,
    name: seen.alias,
    state: 'open',
    until_at: input.until,
    made_at: deps.clock.now(),
    payload: signed.document.payload,
    signatures: signaturesText(signed.document),
  };
  await insertOffers(tx, [row]);
  await updateSeen(tx, seen.alias, { state: 'answered', answer: signed.id });
  await tellMarket(
    tx,
    deps,
    storefront,
    'answer',
    { alias: seen.alias, answer: wireJson(signed.wire) },
    signed.id,
  );
  return answerView(row, null, deps.clock.now());
}
