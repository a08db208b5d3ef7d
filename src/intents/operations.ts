import { Many, Told } from '../kernel/many.ts';
import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { CastAnswer, CastIntent, castIntent } from './cast-intent.ts';
import { CloseIntent, closeIntent } from './close-intent.ts';
import { closeIntents } from './close-intents.ts';
import { Declined, DeclineOffer, declineOffer } from './decline-offer.ts';
import { declineOffers } from './decline-offers.ts';
import type { IntentDeps } from './deps.ts';
import { DraftIntent, draftIntent } from './draft-intent.ts';
import { FindCategories, FoundCategories, findCategories } from './find-categories.ts';
import { FindPlaces, FoundPlaces, findPlaces } from './find-places.ts';
import { ForgetMarket, forgetMarket, MarketForgotten } from './forget-market.ts';
import { GetIntent, getIntent } from './get-intent.ts';
import { IntentList, ListIntents, listIntents } from './list-intents.ts';
import { ListOffers, listOffers, OfferList } from './list-offers.ts';
import { CastPreview, PreviewCast, previewCast } from './preview-cast.ts';
import { Draft } from './reader/model.ts';
import { Intent } from './view.ts';
import { WidenIntent, widenIntent } from './widen-intent.ts';

const room = 'intents';

export const operations: readonly Operation<IntentDeps>[] = [
  partyOperation({
    name: 'draft-intent',
    room,
    summary:
      'Read a sentence into a want that you then correct; it asks where it is not sure, and sends nothing.',
    effect: 'reads',
    input: DraftIntent,
    output: Draft,
    run: draftIntent,
  }),
  partyOperation({
    name: 'find-categories',
    room,
    summary: 'Find a category by the words people use for it.',
    effect: 'reads',
    input: FindCategories,
    output: FoundCategories,
    run: findCategories,
  }),
  partyOperation({
    name: 'find-places',
    room,
    summary: 'Find a place by any of its names.',
    effect: 'reads',
    input: FindPlaces,
    output: FoundPlaces,
    run: findPlaces,
  }),
  partyOperation({
    name: 'preview-cast',
    room,
    summary: 'See exactly what the market would see of a want, and among how many it hides.',
    effect: 'reads',
    input: PreviewCast,
    output: CastPreview,
    run: previewCast,
  }),
  partyOperation({
    name: 'cast-intent',
    room,
    summary:
      'Cast a want to the market without saying who wants it; held, widened or let go when too few do.',
    effect: 'discloses',
    input: CastIntent,
    output: CastAnswer,
    run: castIntent,
  }),
  partyOperation({
    name: 'list-intents',
    room,
    summary: 'My wants, newest first.',
    effect: 'reads',
    input: ListIntents,
    output: IntentList,
    run: listIntents,
  }),
  partyOperation({
    name: 'get-intent',
    room,
    summary: 'One want, with what the market was told of it.',
    effect: 'reads',
    input: GetIntent,
    output: Intent,
    run: getIntent,
  }),
  partyOperation({
    name: 'widen-intent',
    room,
    summary: 'Tell the market one step less, so that the want hides among more or reaches further.',
    effect: 'discloses',
    input: WidenIntent,
    output: CastAnswer,
    run: widenIntent,
  }),
  partyOperation({
    name: 'close-intent',
    room,
    summary: 'End a want: its open offers lapse and the market forgets the cast.',
    effect: 'discloses',
    input: CloseIntent,
    output: Intent,
    run: closeIntent,
  }),
  partyOperation({
    name: 'close-intents',
    room,
    summary: 'End up to 1,000 wants; it says which, and which not and why.',
    effect: 'discloses',
    input: Many,
    output: Told,
    run: closeIntents,
  }),
  partyOperation({
    name: 'list-offers',
    room,
    summary: 'The offers for a want side by side, in an order that is explained and cannot be bought.',
    effect: 'reads',
    input: ListOffers,
    output: OfferList,
    run: listOffers,
  }),
  partyOperation({
    name: 'decline-offer',
    room,
    summary: 'Put an offer aside; nobody is told.',
    effect: 'writes',
    input: DeclineOffer,
    output: Declined,
    run: declineOffer,
  }),
  partyOperation({
    name: 'decline-offers',
    room,
    summary: 'Put up to 1,000 offers aside; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: declineOffers,
  }),
  openOperation('operator', {
    name: 'forget-market',
    room,
    summary: 'Take a market on another node off the list; what anybody here wants there ends.',
    effect: 'writes',
    input: ForgetMarket,
    output: MarketForgotten,
    run: forgetMarket,
  }),
];
