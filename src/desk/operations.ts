import { Many, Told } from '../kernel/many.ts';
import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import { AnswerIntent, answerIntent } from './answer-intent.ts';
import { DeclineCast, declineCast } from './decline-cast.ts';
import { declineCasts } from './decline-casts.ts';
import type { DeskDeps } from './deps.ts';
import { ImportListings, ImportStarted, importListings } from './import-listings.ts';
import { AnswerList, ListAnswers, listAnswers } from './list-answers.ts';
import { CastList, ListCasts, listCasts } from './list-casts.ts';
import { ListingList, ListListings, listListings } from './list-listings.ts';
import { listStorefronts, StorefrontList } from './list-storefronts.ts';
import { Listing, OwnAnswer, SeenCast, Storefront } from './model.ts';
import { OpenStorefront, openStorefront } from './open-storefront.ts';
import { PublishListing, publishListing } from './publish-listing.ts';
import { SetStock, setListingStock } from './set-stock.ts';
import { WithdrawListing, withdrawListing } from './withdraw-listing.ts';
import { withdrawListings } from './withdraw-listings.ts';

export const operations: readonly Operation<DeskDeps>[] = [
  partyOperation({
    name: 'open-storefront',
    room: 'desk',
    summary: 'Begin to sell at a market, under a name that buyers see.',
    effect: 'discloses',
    input: OpenStorefront,
    output: Storefront,
    run: openStorefront,
  }),
  partyOperation({
    name: 'list-storefronts',
    room: 'desk',
    summary: 'Your storefronts.',
    effect: 'reads',
    input: nothing,
    output: StorefrontList,
    run: listStorefronts,
  }),
  partyOperation({
    name: 'publish-listing',
    room: 'desk',
    summary:
      'Offer something to everybody at a market: signed, with its price, its terms and what you ask of buyers.',
    effect: 'binds',
    input: PublishListing,
    output: Listing,
    run: publishListing,
  }),
  partyOperation({
    name: 'import-listings',
    room: 'desk',
    summary: 'List what a product feed or a CSV file holds; again, and only what changed is listed anew.',
    effect: 'binds',
    input: ImportListings,
    output: ImportStarted,
    run: importListings,
  }),
  partyOperation({
    name: 'list-listings',
    room: 'desk',
    summary: 'What you have for sale.',
    effect: 'reads',
    input: ListListings,
    output: ListingList,
    run: listListings,
  }),
  partyOperation({
    name: 'set-stock',
    room: 'desk',
    summary: 'Say how many are left of something you have for sale.',
    effect: 'binds',
    input: SetStock,
    output: Listing,
    run: setListingStock,
  }),
  partyOperation({
    name: 'withdraw-listing',
    room: 'desk',
    summary: 'Take an offer back; what was accepted before stays agreed.',
    effect: 'writes',
    input: WithdrawListing,
    output: Listing,
    run: withdrawListing,
  }),
  partyOperation({
    name: 'withdraw-listings',
    room: 'desk',
    summary: 'Take up to 1,000 offers back; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: withdrawListings,
  }),
  partyOperation({
    name: 'list-casts',
    room: 'desk',
    summary: 'Wants that fit what you serve by hand: what is wanted, never by whom.',
    effect: 'reads',
    input: ListCasts,
    output: CastList,
    run: listCasts,
  }),
  partyOperation({
    name: 'answer-intent',
    room: 'desk',
    summary: 'Answer a want with an offer that binds you until its date.',
    effect: 'binds',
    input: AnswerIntent,
    output: OwnAnswer,
    run: answerIntent,
  }),
  partyOperation({
    name: 'decline-cast',
    room: 'desk',
    summary: 'Set a want aside; whoever cast it is not told.',
    effect: 'writes',
    input: DeclineCast,
    output: SeenCast,
    run: declineCast,
  }),
  partyOperation({
    name: 'decline-casts',
    room: 'desk',
    summary: 'Set up to 1,000 wants aside; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: declineCasts,
  }),
  partyOperation({
    name: 'list-answers',
    room: 'desk',
    summary: 'The answers you gave by hand, and what became of them.',
    effect: 'reads',
    input: ListAnswers,
    output: AnswerList,
    run: listAnswers,
  }),
];
