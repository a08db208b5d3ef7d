import { keepListings, openAt, ownStorefront } from '../desk/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { addDays, civilDateAt } from '../kernel/civil.ts';
import { newId } from '../kernel/ids.ts';
import { assert, must, ok } from '../kernel/result.ts';
import type { SeededRandom } from '../kernel/seeded-random.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import {
  enterListings,
  enterSampleOutcomes,
  enterStorefront,
  getSelf,
  getStorefront,
  type KnownMarket,
  Listing,
  type OutcomeResult,
  readStorefront,
  type SampleOutcome,
  type Signed,
  signOutcome,
  signTicket,
  type Verified,
} from '../market/index.ts';
import { insertHeldParty, NODE_HOME, type PartyTables } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import type { SampleDeps } from './deps.ts';
import { draftsOf } from './listings.ts';
import { SAMPLE } from './model.ts';
import type { VendorPlan } from './plan.ts';

/** Identities that a sample vendor may open: as many buyers as somebody will try. */
const IDENTITIES = 24;

export interface SampleMarket extends KnownMarket {
  readonly home: string;
}

/** One sample vendor with everything it lists, at its own desk and at the market, and how it kept its promises. */
export async function loadVendor(
  deps: SampleDeps,
  market: SampleMarket,
  plan: VendorPlan,
  random: SeededRandom,
  firstOutcome: number,
): Promise<void> {
  const home = newId(deps.random);
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<PartyTables>(tx)
      .insertInto('handles')
      .values({ home_id: NODE_HOME, handle: plan.handle, party: home })
      .onConflict((c) => c.columns(['home_id', 'handle']).doUpdateSet({ party: home }))
      .execute(),
  );
  const drafts = draftsOf(plan, random, deps.categories, deps.clock.now());
  const opened = await deps.storage.transact(home, async (tx) => {
    const { handle, name } = plan;
    await insertHeldParty(tx, deps, {
      handle,
      name,
      kind: 'organisation',
      sample: SAMPLE,
      identities: IDENTITIES,
    });
    const { id } = must(await openAt(tx, deps, market, name));
    const storefront = await ownStorefront(tx, deps, id);
    assert(storefront, 'the storefront was just opened');
    const kept = await keepListings(tx, deps, storefront, market, drafts);
    const refusedOne = kept.outcomes.find((it) => it.result === 'refused');
    assert(!refusedOne, `a sample listing may stand: ${refusedOne?.failure?.code}`);
    return ok({ storefront, signed: kept.signed });
  });
  const { storefront, signed } = must(opened);
  const outcomes = outcomesOf(deps, storefront.id, storefront.key, random);
  await deps.storage.transact(market.home, async (tx) => {
    const self = await getSelf(tx, market.home);
    assert(self, 'the sample market is open');
    must(await enterStorefront(tx, deps, self, must(readStorefront(JSON.parse(storefront.row.document)))));
    const row = await getStorefront(tx, market.home, storefront.id);
    assert(row, 'the storefront was just entered');
    const { refused } = await enterListings(tx, deps, self, row, signed.map(verified));
    assert(refused.length === 0, 'the sample market takes its listings');
    await enterSampleOutcomes(tx, self, storefront.id, outcomes, firstOutcome);
  });
}

/** What this node has signed a moment ago needs no second check. */
function verified(signed: Signed): Verified<Listing> {
  const value = Listing.parse(JSON.parse(Buffer.from(signed.document.payload).toString('utf8')));
  return { id: signed.id, value, document: signed.document };
}

/** Up to two dozen past agreements, most of them kept; every fifth vendor is new and has none. */
function outcomesOf(
  deps: SampleDeps,
  storefront: string,
  key: SigningKey,
  random: SeededRandom,
): SampleOutcome[] {
  const count = random.chance(200) ? 0 : 2 + random.below(20);
  const careful = 850 + random.below(140);
  return Array.from({ length: count }, () => {
    const buyer = signingKey(deps.random.bytes(32));
    const ticket = signTicket({ storefront, key: toBase64url(buyer.publicKey) }, key, deps.random);
    const result: OutcomeResult = random.chance(careful)
      ? 'kept'
      : random.pick(['late', 'late', 'repaired', 'broken']);
    const on = addDays(civilDateAt(deps.clock.now(), 'UTC'), -1 - random.below(300));
    const outcome = signOutcome({ storefront, result, on }, buyer, deps.random);
    return {
      ticket: ticket.id,
      result,
      document: JSON.stringify({ ticket: ticket.wire, outcome: outcome.wire }),
    };
  });
}
