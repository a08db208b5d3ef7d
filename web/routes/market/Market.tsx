import { useState } from 'react';
import { useAsk } from '../../api/queries.ts';
import type { Market as MarketOf } from '../../api/shapes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Sample, When } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { marketLabel, Reached } from '../../components/Reached.tsx';
import { SelectField } from '../../components/Select.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { AddMarket } from './AddMarket.tsx';
import { ForgetMarket } from './ForgetMarket.tsx';
import { PublishedTable } from './PublishedTable.tsx';

/** What a market has published about itself, and who can learn what. */
export default function Market() {
  const markets = useAsk('list-markets', {});
  const [chosen, choose] = useState('');
  const rows = markets.data?.rows ?? [];
  const id = chosen || rows[0]?.id;
  if (markets.data && rows.length === 0) {
    return (
      <Page title={t.market.title} lead={t.market.lead}>
        <Empty
          title={t.market.emptyTitle}
          text={t.market.empty}
          act={<LinkButton to="/settings#sample">{t.settings.sampleLoad}</LinkButton>}
        />
        <Section title={t.market.addTitle}>
          <AddMarket onAdded={choose} />
        </Section>
      </Page>
    );
  }
  return (
    <Page title={t.market.title} lead={t.market.lead}>
      <Problem failure={markets.failure} again={markets.again} />
      {rows.length > 1 ? (
        <div className="rows-tools">
          <SelectField
            label={t.market.which}
            value={id ?? ''}
            onChange={choose}
            options={rows.map((row) => ({ value: row.id, label: marketLabel(row) }))}
          />
        </div>
      ) : null}
      {id === undefined ? null : <Rules id={id} onForgotten={() => choose('')} />}
      <Section title={t.market.addTitle}>
        <AddMarket onAdded={choose} />
      </Section>
    </Page>
  );
}

function Rules({ id, onForgotten }: { id: string; onForgotten: () => void }) {
  const market = useAsk('show-market', { id });
  if (!market.data) return <Problem failure={market.failure} again={market.again} />;
  return (
    <>
      <section className="stack" aria-label={market.data.name}>
        <h2>
          {market.data.name} <Sample is={market.data.isSample} />
        </h2>
        <Reached market={market.data} />
        <RuleFacts market={market.data} />
        <ForgetMarket market={market.data} onForgotten={onForgotten} />
      </section>
      <Section title={t.market.learns}>
        <WhoLearns />
      </Section>
      <Section title={t.market.table}>
        {market.data.isHere ? (
          <PublishedTable market={id} />
        ) : (
          <p className="soft">{t.market.tableElsewhere}</p>
        )}
      </Section>
    </>
  );
}

function RuleFacts({ market }: { market: MarketOf }) {
  const { rules, counts } = market;
  return (
    <Facts
      facts={[
        [t.market.where, market.isHere ? t.market.here : market.host],
        [t.market.operator, rules.operator],
        [t.market.fee, t.market.feeLine(rules.fee.perMille, rules.fee.payer)],
        [t.market.smallest, `${formatNumber(rules.smallest)}. ${t.market.smallestSay(rules.smallest)}`],
        [t.market.counts, t.market.countsOf[rules.counts]],
        [t.market.epoch, t.market.days(rules.epochDays)],
        [t.market.nextTable, <When key="n" at={market.nextTableAt} />],
        [t.market.order, rules.order],
        [t.market.capQuotes, formatNumber(rules.capQuotes)],
        [t.market.capPerVendor, formatNumber(rules.capPerVendor)],
        [t.market.capAnswers, formatNumber(rules.capAnswers)],
        [t.market.categories, rules.categories],
        [
          t.market.size,
          counts ? t.market.sizeLine(counts.vendors, counts.listings, counts.cells) : t.frame.unknown,
        ],
        [t.market.key, <code key="k">{market.key}</code>],
      ]}
    />
  );
}

function WhoLearns() {
  return (
    <table className="ledger">
      <caption className="hidden">{t.market.learns}</caption>
      <thead>
        <tr>
          <th scope="col">{t.market.whoCol}</th>
          <th scope="col">{t.market.learnsCol}</th>
        </tr>
      </thead>
      <tbody>
        {t.market.learnsRows.map(([who, what]) => (
          <tr key={who}>
            <th scope="row">{who}</th>
            <td className="lead">{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
