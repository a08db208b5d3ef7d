import { Link } from 'react-router';
import { useRows } from '../../api/queries.ts';
import type { OwnAnswer, RelationshipRow } from '../../api/shapes.ts';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, Money, Named, State, When } from '../../components/figures.tsx';
import { Section } from '../../components/Page.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { t } from '../../i18n/index.ts';
import { RelationshipState } from '../relationships/RelationshipState.tsx';
import { DeskPage } from './DeskPage.tsx';

const AGREED: readonly Column<RelationshipRow>[] = [
  {
    head: t.relationships.what,
    isLead: true,
    cell: (row) => (
      <Link to={`/relationships/${row.id}`} data-row>
        {row.title}
      </Link>
    ),
  },
  { head: t.relationships.with, cell: (row) => <Named who={row.with} /> },
  { head: t.relationships.state, cell: (row) => <RelationshipState state={row.state} /> },
  { head: t.relationships.last, isNamed: true, cell: (row) => <When at={row.last} isStop={false} /> },
];

const MARKS: Record<OwnAnswer['state'], Mark> = {
  open: 'open',
  taken: 'full',
  expired: 'bar',
  withdrawn: 'bar',
  refused: 'bad',
};

const ANSWERED: readonly Column<OwnAnswer>[] = [
  { head: t.desk.listing, isLead: true, cell: (row) => row.title },
  { head: t.desk.price, isFigure: true, cell: (row) => <Money amount={row.price} /> },
  {
    head: t.desk.state,
    cell: (row) => (
      <>
        <State mark={MARKS[row.state]}>{t.desk.answerStates[row.state]}</State>
        {row.problem ? <span className="soft"> {row.problem}</span> : null}
      </>
    ),
  },
  { head: t.desk.made, isNamed: true, cell: (row) => <When at={row.madeAt} /> },
  { head: t.desk.until, isNamed: true, cell: (row) => <When at={row.until} /> },
];

/** What came of it: agreements in which I provide, and my answers by hand. */
export default function DeskAgreements() {
  const relationships = useRows('list-relationships', { side: 'seller' });
  const answers = useRows('list-answers', {});
  return (
    <DeskPage title={t.desk.agreements}>
      <Rows
        caption={t.desk.agreements}
        listed={relationships}
        columns={AGREED}
        keyOf={(row) => row.id}
        isQuiet={(row) => row.state === 'ended' || row.state === 'refused'}
        empty={<Empty title={t.desk.agreementsEmptyTitle} text={t.desk.agreementsEmpty} />}
      />
      <Section title={t.desk.answers}>
        <Rows
          caption={t.desk.answers}
          listed={answers}
          columns={ANSWERED}
          keyOf={(row) => row.id}
          empty={<p className="soft">{t.desk.answersEmpty}</p>}
        />
      </Section>
    </DeskPage>
  );
}
