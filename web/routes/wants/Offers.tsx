import { useState } from 'react';
import { useAsk, useRows } from '../../api/queries.ts';
import type { Intent, Offer } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { More } from '../../components/More.tsx';
import { Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useIsWide } from '../../components/wide.ts';
import { t } from '../../i18n/index.ts';
import { CompareTable } from './CompareTable.tsx';
import { DeclineOthers } from './DeclineOthers.tsx';
import { OfferList } from './OfferList.tsx';
import { OfferSheet } from './OfferSheet.tsx';

const SIDE_BY_SIDE = 4;
const AT_FIRST = 3;

/** All offers to one want: a few side by side, then all of them in one list, then those filtered out. */
export function Offers({ intent }: { intent: Intent }) {
  const listed = useRows('list-offers', { intent: intent.id });
  const order = useAsk('list-offers', { intent: intent.id, limit: 1 }).data?.order;
  const isWide = useIsWide();
  const [chosen, setChosen] = useState<string[]>();
  const fitting = listed.rows.filter((offer) => offer.fits);
  const compared = chosen ?? fitting.slice(0, AT_FIRST).map((offer) => offer.id);
  if (listed.failure) return <Problem failure={listed.failure} again={listed.again} />;
  if (!listed.isLoading && fitting.length === 0) return <NoOffers intent={intent} />;
  const columns = fitting.filter((offer) => compared.includes(offer.id));
  const toggle = (id: string, isIn: boolean) =>
    setChosen(isIn ? [...compared, id].slice(-SIDE_BY_SIDE) : compared.filter((other) => other !== id));
  return (
    <>
      <Section title={t.offers.compare} side={order ? <Order whole={order} /> : null}>
        {isWide ? (
          <CompareTable intent={intent} offers={columns} />
        ) : (
          columns.map((offer) => <OfferSheet key={offer.id} offer={offer} intent={intent} />)
        )}
        {intent.offers.waiting > 0 ? (
          <p className="hint waits">{t.offers.waiting(intent.offers.waiting)}</p>
        ) : null}
      </Section>
      {fitting.length > 1 ? (
        <Section title={t.offers.all(listed.total ?? fitting.length)}>
          <OfferList
            listed={{ ...listed, rows: fitting }}
            compared={compared}
            toggle={toggle}
            max={SIDE_BY_SIDE}
          />
          <DeclineOthers offers={fitting.filter((it) => it.state === 'open' && !compared.includes(it.id))} />
        </Section>
      ) : null}
      <Filtered intent={intent} />
    </>
  );
}

/** How the offers are sorted, in a line; the whole rule is one press away. */
function Order({ whole }: { whole: string }) {
  return (
    <div className="order">
      <p className="hint">{t.offers.order}</p>
      <More title={t.offers.orderWhole}>
        <p className="hint">{whole}</p>
      </More>
    </div>
  );
}

function NoOffers({ intent }: { intent: Intent }) {
  return (
    <Section title={t.offers.title}>
      <Empty
        title={t.offers.emptyTitle}
        text={intent.offers.filtered > 0 ? t.offers.emptyFiltered : t.offers.empty}
        act={
          intent.offers.waiting > 0 ? <p className="hint">{t.offers.waiting(intent.offers.waiting)}</p> : null
        }
      />
      <Filtered intent={intent} />
    </Section>
  );
}

function Filtered({ intent }: { intent: Intent }) {
  const [isShown, show] = useState(false);
  if (intent.offers.filtered === 0) return null;
  return (
    <Section title={t.offers.filtered}>
      <div className="stack">
        <p>{t.offers.filteredLead}</p>
        <div className="acts">
          <Button kind="line" onPress={() => show(!isShown)}>
            {isShown ? t.offers.hideFiltered : t.offers.showFiltered(intent.offers.filtered)}
          </Button>
        </div>
        {isShown ? <FilteredRows intent={intent} /> : null}
      </div>
    </Section>
  );
}

function FilteredRows({ intent }: { intent: Intent }) {
  const listed = useRows('list-offers', { intent: intent.id, showFiltered: true });
  const rows = listed.rows.filter((offer: Offer) => !offer.fits);
  return <OfferList listed={{ ...listed, rows }} />;
}
