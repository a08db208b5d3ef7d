import type { Listed } from '../../api/queries.ts';
import type { Offer } from '../../api/shapes.ts';
import { Check } from '../../components/Choices.tsx';
import { Money, State, When } from '../../components/figures.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { t } from '../../i18n/index.ts';
import { conflictCount, Vendor } from './offer-facts.tsx';

const FACTS: readonly Column<Offer>[] = [
  { head: t.offers.vendor, isLead: true, cell: (offer) => <Vendor offer={offer} isRow /> },
  { head: t.offers.what, cell: (offer) => offer.title },
  { head: t.offers.total, isFigure: true, cell: (offer) => <Money amount={offer.total} /> },
  { head: t.offers.until, isNamed: true, cell: (offer) => <When at={offer.until} isStop={false} /> },
];

const CONFLICTS: Column<Offer> = { head: t.offers.terms, isNamed: true, cell: conflictCount };

const WHY: Column<Offer> = {
  head: t.offers.filteredWhy,
  cell: (offer) => (
    <ul className="bare">
      {offer.misfits.map((misfit) => (
        <li key={misfit}>{misfit}</li>
      ))}
    </ul>
  ),
};

/** Every offer on one line. With `toggle` some of them can be put side by side; without, each says why it does not fit. */
export function OfferList(props: {
  listed: Listed<Offer>;
  compared?: readonly string[];
  toggle?: (id: string, isIn: boolean) => void;
  max?: number;
}) {
  const { compared = [], toggle, max = 0 } = props;
  const compare: Column<Offer> = {
    head: t.offers.compareShort,
    cell: (offer) => {
      if (offer.state !== 'open') return <State mark="bar">{t.offers.states[offer.state]}</State>;
      const isIn = compared.includes(offer.id);
      return (
        <Check
          label={t.offers.compareShort}
          name={t.offers.inCompare(offer.vendor.name)}
          value={isIn}
          isOff={!isIn && compared.length >= max}
          onChange={(value) => toggle?.(offer.id, value)}
        />
      );
    },
  };
  return (
    <>
      <Rows
        caption={t.offers.title}
        listed={props.listed}
        columns={toggle ? [...FACTS, CONFLICTS, compare] : [...FACTS, WHY]}
        keyOf={(offer) => offer.id}
        isQuiet={(offer) => offer.state !== 'open'}
        empty={null}
      />
      {toggle && compared.length >= max ? <p className="hint">{t.offers.compareMax}</p> : null}
    </>
  );
}
