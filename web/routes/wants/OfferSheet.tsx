import type { Intent, Offer } from '../../api/shapes.ts';
import { Facts } from '../../components/Facts.tsx';
import { Money, Named } from '../../components/figures.tsx';
import { t } from '../../i18n/index.ts';
import { OfferActs } from './CompareTable.tsx';
import { factsFor } from './offer-facts.tsx';

/** One offer on a phone: the total first, then the same facts as side by side, with what I asked beneath. */
export function OfferSheet({ offer, intent }: { offer: Offer; intent: Intent }) {
  return (
    <article className="offer-sheet" aria-label={offer.vendor.name}>
      <header className="offer-sheet-head">
        <h3>
          <Named who={offer.vendor} />
        </h3>
        <Money amount={offer.total} />
      </header>
      <Facts
        facts={factsFor([offer]).map((fact) => {
          const asked = fact.asked(intent);
          return [
            fact.label,
            <div key={fact.key}>
              {fact.offered(offer)}
              {asked ? (
                <div className="soft">
                  {t.offers.asked}: {asked}
                </div>
              ) : null}
            </div>,
          ] as const;
        })}
      />
      <OfferActs offer={offer} />
    </article>
  );
}
