import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, line, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { profferedTerms } from '../terms/index.ts';
import { Offer } from './model.ts';
import { offersOf } from './offer-store.ts';
import { offerView, placeOfOffer } from './offer-view.ts';
import { compareOffers, orderInWords, type Place } from './order-rules.ts';
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

const bit = z.int().min(0).max(1);
const count = z.int().min(0);
const CURSOR = cursorOf('list-offers', [
  bit,
  bit,
  count,
  line,
  z.string().regex(/^-?\d{1,19}$/),
  count,
  count,
  id,
]);
type Spot = NonNullable<Extract<ReturnType<typeof CURSOR.read>, { ok: true }>['value']>;

/** The offers for a want, side by side. Fails with `intent-unknown` or `cursor-unknown`. */
export async function listOffers(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListOffers>,
): Promise<Result<z.output<typeof OfferList>>> {
  const spot = CURSOR.read(input.after);
  if (!spot.ok) return spot;
  const after = spot.value && placeAt(spot.value);
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
    const { shown, next } = CURSOR.cut(from, input.limit, (offer) => spotOf(placeOfOffer(offer)));
    return ok({ rows: shown, total: offers.length, order: orderInWords(unit), ...next });
  });
}

/** A place as a cursor has it, so that a page goes on at the same spot whatever came in meanwhile. */
function spotOf({ isOpen, fits, conflicts, total, standing, id }: Place): Spot {
  const { kept, records } = standing;
  return [isOpen ? 1 : 0, fits ? 1 : 0, conflicts, total.unit, total.value, kept, records, id];
}

function placeAt([isOpen, fits, conflicts, unit, value, kept, records, id]: Spot): Place {
  const [total, standing] = [
    { unit, value },
    { kept, records },
  ];
  return { isOpen: isOpen === 1, fits: fits === 1, conflicts, total, standing, id };
}
