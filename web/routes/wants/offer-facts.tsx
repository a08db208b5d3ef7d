import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Intent, Offer } from '../../api/shapes.ts';
import { Money, Named, Standing, State, When } from '../../components/figures.tsx';
import { usePropertyLabel } from '../../components/property-label.ts';
import { TermsNames } from '../../components/TermsNames.tsx';
import { formatAmount, formatDate, formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

interface OfferFact {
  key: string;
  label: string;
  /** What I asked for, on my side of the fold. */
  asked: (intent: Intent) => ReactNode;
  offered: (offer: Offer) => ReactNode;
  isTotal?: boolean;
  /** Left out where no offer shown has it. */
  isRare?: (offer: Offer) => boolean;
}

const none = () => null;

/** The same facts about every offer, in the same order, on wide screens and on phones. */
const OFFER_FACTS: readonly OfferFact[] = [
  {
    key: 'what',
    label: t.offers.what,
    asked: none,
    offered: (offer) => <span className="serif">{offer.title}</span>,
  },
  { key: 'price', label: t.offers.price, asked: none, offered: (offer) => <Price offer={offer} /> },
  { key: 'fees', label: t.offers.fees, asked: none, offered: (offer) => <Fees offer={offer} /> },
  {
    key: 'total',
    label: t.offers.total,
    asked: (intent) => budget(intent),
    offered: (offer) => <Total offer={offer} />,
    isTotal: true,
  },
  {
    key: 'distance',
    label: t.offers.distance,
    asked: (intent) => where(intent),
    offered: (offer) =>
      offer.distanceKm === undefined ? <Unknown /> : t.units.km(Math.round(offer.distanceKm)),
  },
  {
    key: 'delivery',
    label: t.offers.delivery,
    asked: (intent) =>
      intent.fields.window?.until ? t.offers.by(formatDate(intent.fields.window.until)) : null,
    offered: (offer) => deliveryInWords(offer.delivery),
  },
  { key: 'until', label: t.offers.until, asked: none, offered: (offer) => <When at={offer.until} /> },
  { key: 'how', label: t.offers.how, asked: none, offered: (offer) => <How offer={offer} /> },
  {
    key: 'promises',
    label: t.offers.promises,
    asked: none,
    offered: (offer) => <Standing standing={offer.standing} />,
  },
  {
    key: 'terms',
    label: t.offers.terms,
    asked: ({ fields }) =>
      fields.requiredTerms.length > 0 ? <TermsNames ids={fields.requiredTerms} /> : null,
    offered: (offer) => <Conflicts offer={offer} />,
  },
  { key: 'asks', label: t.offers.asks, asked: none, offered: (offer) => <Asks offer={offer} /> },
  {
    key: 'unsaid',
    label: t.offers.unsaid,
    asked: none,
    offered: (offer) => (offer.unsaid.length === 0 ? null : formatList(offer.unsaid)),
    isRare: (offer) => offer.unsaid.length > 0,
  },
  {
    key: 'note',
    label: t.offers.note,
    asked: none,
    offered: (offer) => (offer.note ? <span className="words">{offer.note}</span> : null),
    isRare: (offer) => (offer.note ?? '') !== '',
  },
];

/** The facts worth a line for these offers: a rare one only where at least one offer has it. */
export function factsFor(offers: readonly Offer[]): readonly OfferFact[] {
  return OFFER_FACTS.filter((fact) => fact.isRare === undefined || offers.some(fact.isRare));
}

function Price({ offer }: { offer: Offer }) {
  return (
    <>
      <Money amount={offer.price} />
      {offer.quantity > 1 ? <span className="soft"> {t.offers.each(offer.quantity)}</span> : null}
    </>
  );
}

/** What I would give in all; where it is not money, it stands in place of the price. */
function Total({ offer }: { offer: Offer }) {
  return (
    <>
      <Money amount={offer.total} />
      {offer.total.unit === offer.price.unit ? null : (
        <span className="soft instead"> {t.offers.instead}</span>
      )}
    </>
  );
}

export function deliveryInWords({ how, days }: Offer['delivery']): string {
  const ways: Record<string, string> = t.offers.delivered;
  const way = ways[how] ?? how;
  return days === undefined ? way : `${way}, ${t.offers.days(days)}`;
}

function Unknown() {
  return <span className="soft">{t.frame.unknown}</span>;
}

function budget(intent: Intent): ReactNode {
  const { budget: asked, give } = intent.fields;
  if (asked?.max) return t.offers.upTo(formatAmount(asked.max));
  return give ? `${formatAmount(give)}, ${give.what}` : null;
}

function where(intent: Intent): string {
  const { place, radiusKm } = intent.fields;
  return place ? t.offers.near(place.label, radiusKm) : t.offers.anywhere;
}

/** Every fee with who pays it to whom. */
export function Fees({ offer }: { offer: Offer }) {
  if (offer.fees.length === 0) return <span className="soft">{t.offers.noFees}</span>;
  return (
    <ul className="bare">
      {offer.fees.map((fee) => (
        <li key={fee.label}>
          <Money amount={fee.amount} /> {fee.label}
          <br />
          <span className="soft">{t.offers.feePaid[fee.payer](fee.to)}</span>
        </li>
      ))}
    </ul>
  );
}

function Conflicts({ offer }: { offer: Pick<Offer, 'terms'> }) {
  if (offer.terms.conflicts.length === 0) return <State mark="full">{t.offers.termsFit}</State>;
  return (
    <ul className="bare conflicts">
      {offer.terms.conflicts.map((conflict) => (
        <li key={conflict}>{conflict}</li>
      ))}
    </ul>
  );
}

function Asks({ offer }: { offer: Offer }) {
  const labelOf = usePropertyLabel();
  if (offer.asks.length === 0) return <span className="soft">{t.offers.asksNothing}</span>;
  return (
    <ul className="bare">
      {offer.asks.map((ask) => (
        <li key={ask.property}>
          {t.offers.askLine(
            labelOf(ask.property),
            ask.purpose,
            ask.required ? t.offers.askRequired : t.offers.askWished,
          )}
        </li>
      ))}
    </ul>
  );
}

export function offerAddress(offer: Offer): string {
  return `/wants/${offer.intent}/offers/${offer.id}`;
}

/** Who offers; the way to the page where it can be accepted. */
export function Vendor({ offer, isRow }: { offer: Offer; isRow?: boolean }) {
  const name = <Named who={offer.vendor} />;
  if (!offer.fits || offer.state !== 'open') return name;
  return (
    <Link to={offerAddress(offer)} data-row={isRow ? '' : undefined}>
      {name}
    </Link>
  );
}

export function conflictCount(offer: Offer): ReactNode {
  const count = offer.terms.conflicts.length;
  return count === 0 ? t.offers.termsFit : t.offers.termsDiffer(count);
}

/** Whether a piece is set aside, and until when. */
function How({ offer }: { offer: Offer }) {
  if (offer.heldUntil === undefined) return t.offers.hows[offer.how];
  return (
    <>
      {t.offers.hows.firm}, {t.offers.heldUntil} <When at={offer.heldUntil} />
    </>
  );
}
