import { Link } from 'react-router';
import { idsThatFit } from '../../api/many.ts';
import { useRows } from '../../api/queries.ts';
import type { Intent } from '../../api/shapes.ts';
import { ActOnTicked } from '../../components/ActOnTicked.tsx';
import { LinkButton } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { When } from '../../components/figures.tsx';
import { useNarrowing } from '../../components/narrowing.tsx';
import { Page } from '../../components/Page.tsx';
import { isBare, Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { WantState } from './WantState.tsx';

const STATES = ['open', 'held', 'agreed', 'closed', 'expired'] as const;

const COLUMNS: readonly Column<Intent>[] = [
  {
    head: t.wants.want,
    isLead: true,
    cell: (want) => (
      <Link to={`/wants/${want.id}`} data-row className="words">
        {want.sentence}
      </Link>
    ),
  },
  { head: t.wants.state, cell: (want) => <WantState state={want.state} /> },
  { head: t.wants.offers, isFigure: true, isNamed: true, cell: (want) => formatNumber(want.offers.fitting) },
  { head: t.wants.until, isNamed: true, cell: (want) => <When at={want.until} isStop={false} /> },
];

const nameOf = (want: Intent) => want.sentence;
const MANY = (
  <ActOnTicked
    name="close-intents"
    act={t.wants.closeMany}
    done={t.wants.manyClosed}
    ask={t.wants.closeManyAsk}
    what={t.wants.closeManyWhat}
  />
);

export default function Wants() {
  const narrowing = useNarrowing(t.wants.state, STATES, t.wants.states);
  const listed = useRows('list-intents', narrowing.asked);
  const newWant = (
    <LinkButton kind="act" to="/wants/new">
      {t.wants.new}
    </LinkButton>
  );
  return (
    <Page
      title={t.wants.title}
      lead={t.wants.lead}
      acts={isBare(listed, narrowing.isNarrowed) ? null : newWant}
    >
      <Rows
        caption={t.wants.title}
        listed={listed}
        columns={COLUMNS}
        keyOf={(want) => want.id}
        isQuiet={(want) => want.state === 'closed' || want.state === 'expired'}
        many={{ nameOf, acts: MANY, all: () => idsThatFit('list-intents', narrowing.asked) }}
        {...narrowing.tools}
        empty={
          <Empty title={t.wants.emptyTitle} text={t.wants.empty} example={t.wants.example} act={newWant} />
        }
      />
    </Page>
  );
}
