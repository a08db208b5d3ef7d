import { keepListings, type OwnStorefront, openAt, ownStorefront } from '../desk/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { addDays, civilDateAt } from '../kernel/civil.ts';
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
  type Listing,
  type ListingChecker,
  type OutcomeResult,
  readStorefront,
  type SampleOutcome,
  signOutcome,
  signTicket,
  type Verified,
} from '../market/index.ts';
import { insertHeldParty } from '../parties/index.ts';
import type { SampleDeps } from './deps.ts';
import { draftsOf } from './listings.ts';
import { SAMPLE } from './model.ts';
import type { PlacedVendor } from './place-vendors.ts';

/** Identities that a sample vendor may open: as many buyers as somebody will try. */
const IDENTITIES = 12;

export interface SampleMarket extends KnownMarket {
  readonly home: string;
}

/** A sample vendor with everything that it has signed, ready to be let into the market. */
export interface OpenVendor {
  readonly storefront: OwnStorefront;
  readonly listings: readonly Verified<Listing>[];
  readonly outcomes: readonly SampleOutcome[];
  readonly firstOutcome: number;
}

/**
 * Makes one sample vendor with everything that it lists at its own desk, and how it kept its promises. Its listings are
 * read and verified as a market reads those of anybody.
 */
export async function openVendor(
  deps: SampleDeps,
  market: SampleMarket,
  checker: ListingChecker,
  { plan, home, handle }: PlacedVendor,
  random: SeededRandom,
  firstOutcome: number,
): Promise<OpenVendor> {
  const drafts = draftsOf(plan, random, deps.categories, deps.clock.now());
  const { name } = plan;
  const party = { handle, name, kind: 'organisation', sample: SAMPLE, identities: IDENTITIES } as const;
  const opened = await deps.storage.transact(home, async (tx) => {
    await insertHeldParty(tx, deps, party);
    const { id } = must(await openAt(tx, deps, market, name));
    const storefront = await ownStorefront(tx, deps, id);
    assert(storefront, 'the storefront was just opened');
    const kept = await keepListings(tx, deps, storefront, market, drafts);
    const refusedOne = kept.outcomes.find((it) => it.result === 'refused');
    assert(!refusedOne, `a sample listing may stand: ${refusedOne?.failure?.code}`);
    return ok({ storefront, signed: kept.signed });
  });
  const { storefront, signed } = must(opened);
  const checking = checker.check(signed, storefront.key.publicKey);
  const outcomes = outcomesOf(deps, storefront.id, storefront.key, random);
  return { storefront, listings: (await checking).map(must), outcomes, firstOutcome };
}

/** Lets vendors into the market with one transaction: every commit there touches most of the pages of its indexes. */
export async function enterVendors(
  deps: SampleDeps,
  market: SampleMarket,
  vendors: readonly OpenVendor[],
): Promise<void> {
  await deps.storage.transact(market.home, async (tx) => {
    const self = await getSelf(tx, market.home);
    assert(self, 'the sample market is open');
    for (const { storefront, listings, outcomes, firstOutcome } of vendors) {
      const document = must(readStorefront(JSON.parse(storefront.row.document)));
      must(await enterStorefront(tx, deps, self, document));
      const row = await getStorefront(tx, market.home, storefront.id);
      assert(row, 'the storefront was just entered');
      const { refused } = await enterListings(tx, deps, self, row, listings);
      assert(refused.length === 0, 'the sample market takes its listings');
      await enterSampleOutcomes(tx, self, storefront.id, outcomes, firstOutcome);
    }
  });
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
  const today = civilDateAt(deps.clock.now(), 'UTC');
  return Array.from({ length: count }, () => {
    const buyer = signingKey(deps.random.bytes(32));
    const ticket = signTicket({ storefront, key: toBase64url(buyer.publicKey) }, key, deps.random);
    const result: OutcomeResult = random.chance(careful)
      ? 'kept'
      : random.pick(['late', 'late', 'repaired', 'broken']);
    const on = addDays(today, -1 - random.below(300));
    const outcome = signOutcome({ storefront, result, on }, buyer, deps.random);
    return {
      ticket: ticket.id,
      result,
      document: JSON.stringify({ ticket: ticket.wire, outcome: outcome.wire }),
    };
  });
}
