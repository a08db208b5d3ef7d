import type { Intent, Offer } from '../../api/shapes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Named, State } from '../../components/figures.tsx';
import { t } from '../../i18n/index.ts';
import { DeclineOffer } from './DeclineOffer.tsx';
import { factsFor, offerAddress } from './offer-facts.tsx';

/** Columns are offers, rows are the same facts; what I asked stands first, before the fold. */
export function CompareTable({ intent, offers }: { intent: Intent; offers: readonly Offer[] }) {
  return (
    <div className="scroll">
      <table className="ledger compare">
        <caption className="hidden">{t.offers.compare}</caption>
        <colgroup>
          <col className="compare-label" />
          <col className="compare-mine" />
          {offers.map((offer) => (
            <col key={offer.id} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <td />
            <th scope="col" className="mine fold">
              {t.offers.asked}
            </th>
            {offers.map((offer) => (
              <th key={offer.id} scope="col" className="theirs">
                <span className="compare-vendor">
                  <Named who={offer.vendor} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {factsFor(offers).map((fact) => (
            <tr key={fact.key} data-total={fact.isTotal || undefined}>
              <th scope="row" className="soft">
                {fact.label}
              </th>
              <td className="mine fold">{fact.asked(intent)}</td>
              {offers.map((offer) => (
                <td key={offer.id} className="theirs">
                  {fact.offered(offer)}
                </td>
              ))}
            </tr>
          ))}
          <tr className="compare-acts">
            <td />
            <td className="mine fold" />
            {offers.map((offer) => (
              <td key={offer.id} className="theirs">
                <OfferActs offer={offer} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** What I can do with an offer while it stands; what became of it otherwise. */
export function OfferActs({ offer }: { offer: Offer }) {
  if (offer.state !== 'open') return <State mark="bar">{t.offers.states[offer.state]}</State>;
  return (
    <div className="offer-acts">
      <LinkButton to={offerAddress(offer)} kind="act" label={`${t.offers.accept}: ${offer.vendor.name}`}>
        {t.offers.accept}
      </LinkButton>
      <DeclineOffer offer={offer} />
    </div>
  );
}
