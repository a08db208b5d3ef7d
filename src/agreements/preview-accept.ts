import { z } from 'zod';
import { Disclosure } from '../grants/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { amount, id, instant, line, text } from '../kernel/schema.ts';
import { partyView } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { neverAmong, neverList } from '../tiers/index.ts';
import { findByProperty } from '../vault/index.ts';
import { chosenFields } from './chosen-fields.ts';
import { givesOf } from './gives.ts';
import { Asked, Promised } from './model.ts';
import { offerToAccept } from './offer-to-accept.ts';
import { promisesOf } from './rules.ts';

/** A field the seller asks for, with what I have for it; nothing is chosen for me. */
const AskedField = z.object({
  property: line,
  purpose: text,
  until: instant,
  required: z.boolean(),
  isNever: z.boolean().describe('I never give this, whoever asks: nothing of it is offered here.'),
  items: z.array(z.object({ item: id, label: line, value: z.string() })),
});

export const PreviewAccept = z.object({
  offer: id,
  disclose: z
    .array(Disclosure)
    .max(50)
    .default([])
    .describe('What would be shared, as accept-offer takes it.'),
});
export const AcceptPreview = z.object({
  seller: line,
  title: line,
  quantity: z.int(),
  total: amount,
  terms: id,
  conflicts: z.array(z.string()),
  does: z.array(Promised),
  asks: z.array(AskedField),
  gives: z.array(Asked).describe('What the agreement would say that I give: exactly what I chose to share.'),
  until: instant,
  recovery: z.enum(['unseen', 'shown']),
});

/** Everything that accepting would say and give, before anything is said or given. */
export async function previewAccept(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof PreviewAccept>,
): Promise<Result<z.output<typeof AcceptPreview>>> {
  return deps.storage.read(async (view) => {
    const found = await offerToAccept(view, deps, actor.home, input.offer);
    if (!found.ok) return found;
    const { offer, terms, title, quantity, total, conflicts } = found.value;
    const now = deps.clock.now();
    const refused = await neverAmong(
      view,
      deps,
      actor.home,
      input.disclose.map((it) => it.item),
    );
    if (refused) return refused;
    const chosen = await chosenFields(view, deps, actor.home, input.disclose);
    const given = givesOf(found.value.asks, chosen, now, found.value.deliveryDays);
    if (!given.ok) return given;
    const asks = [];
    const never = await neverList(view, actor.home);
    for (const ask of found.value.asks) {
      const mine = await findByProperty(view, deps, actor.home, ask.property);
      const items = mine
        .filter((item) => !never.holds(item))
        .map(({ id: item, label, value }) => ({ item, label, value }));
      const isNever = never.refuses(ask.property) || (mine.length > 0 && items.length === 0);
      asks.push({ ...ask, isNever, items });
    }
    return ok({
      seller: offer.storefront.name,
      ...{ title, quantity, total, asks },
      terms,
      conflicts: [...conflicts],
      does: promisesOf(found.value, now),
      gives: [...given.value.gives],
      until: offer.until,
      recovery: (await partyView(view, actor.home)).recovery,
    });
  });
}
