import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { profferedTerms } from '../terms/index.ts';
import { Offer } from './model.ts';
import { offersOf } from './offer-store.ts';
import { offerView, placeOfOffer } from './offer-view.ts';
import { compareOffers, cursorOf, orderInWords, placeOf } from './order-rules.ts';
import { readKeptOffer } from './read-kept-offer.ts';
import { findIntent } from './store.ts';
import { fieldsOf } from './view.ts';

export const ListOffers = z.object({
  ...page,
  intent: id,
  showFiltered: z
    .boolean()
    .default(false)
    .describe('Also those that do not fit what I wrote, each with why.'),
});
export const OfferList = z.object({
  rows: z.array(Offer),
  next: z.string().optional(),
  total: z.int().describe('How many there are in all pages.'),
  order: z.string().describe('The order in one sentence.'),
});

/** The offers for a want, side by side. Fails with `intent-unknown` or `cursor-malformed`. */
export async function listOffers(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListOffers>,
): Promise<Result<z.output<typeof OfferList>>> {
  const after = input.after === undefined ? undefined : placeOf(input.after);
  if (input.after !== undefined && !after) {
    return fail('cursor-malformed', 'That place in the list is not known.', 'Begin again from the top.');
  }
  const now = deps.clock.now();
  return deps.storage.read(async (view) => {
    const intent = await findIntent(view, actor.home, input.intent);
    if (!intent.ok) return intent;
    const { budget, give } = fieldsOf(intent.value);
    const unit = budget?.max?.unit ?? budget?.min?.unit ?? give?.unit;
    const { ids: myTerms } = await profferedTerms(view, actor.home);
    const offers: Offer[] = [];
    for (const row of await offersOf(view, actor.home, input.intent)) {
      if (!row.is_fit && !input.showFiltered) continue;
      offers.push(offerView(await readKeptOffer(view, actor.home, row), intent.value, myTerms, now));
    }
    offers.sort((a, b) => compareOffers(placeOfOffer(a), placeOfOffer(b), unit));
    const from = after ? offers.filter((it) => compareOffers(after, placeOfOffer(it), unit) < 0) : offers;
    const rows = from.slice(0, input.limit);
    const last = rows.at(-1);
    const next = from.length > rows.length && last ? cursorOf(placeOfOffer(last)) : undefined;
    return ok({ rows, total: offers.length, order: orderInWords(unit), ...(next !== undefined && { next }) });
  });
}
