import { Link } from 'react-router';
import { idsThatFit } from '../../api/many.ts';
import { useAct, useRows } from '../../api/queries.ts';
import type { Listing } from '../../api/shapes.ts';
import { ActOnTicked } from '../../components/ActOnTicked.tsx';
import { Button, LinkButton } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, Money, State, When } from '../../components/figures.tsx';
import { useNarrowing } from '../../components/narrowing.tsx';
import { Problem } from '../../components/Problem.tsx';
import { isBare, Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { DeskPage } from './DeskPage.tsx';

const STATES = ['open', 'sold-out', 'withdrawn', 'expired'] as const;
const MARKS: Record<Listing['state'], Mark> = {
  open: 'full',
  'sold-out': 'half',
  withdrawn: 'bar',
  expired: 'bar',
};

const COLUMNS: readonly Column<Listing>[] = [
  {
    head: t.desk.listing,
    isLead: true,
    cell: (row) => (
      <Link to={`/desk/listings/${row.id}`} data-row>
        {row.title}
      </Link>
    ),
  },
  { head: t.desk.price, isFigure: true, cell: (row) => <Money amount={row.price} /> },
  { head: t.desk.stock, isFigure: true, isNamed: true, cell: (row) => formatNumber(row.stock) },
  { head: t.desk.taken, isFigure: true, isNamed: true, cell: (row) => formatNumber(row.taken) },
  { head: t.desk.mode, cell: (row) => t.desk.modes[row.mode] },
  {
    head: t.desk.state,
    cell: (row) => (
      <>
        <State mark={row.problem ? 'bad' : MARKS[row.state]}>{t.desk.states[row.state]}</State>
        {row.problem ? <span className="wrong"> {row.problem.message}</span> : null}
      </>
    ),
  },
  { head: t.desk.until, isNamed: true, cell: (row) => <When at={row.until} isStop={false} /> },
  { head: t.desk.withdraw, isAct: true, cell: (row) => <Withdraw listing={row} /> },
];

const nameOf = (row: Listing) => row.title;
const MANY = (
  <ActOnTicked
    name="withdraw-listings"
    act={t.desk.withdrawMany}
    done={t.desk.manyWithdrawn}
    ask={t.desk.withdrawManyAsk}
    what={t.desk.withdrawManyWhat}
  />
);

/** What I have for sale. */
export default function Desk() {
  const narrowing = useNarrowing(t.desk.state, STATES, t.desk.states);
  const listed = useRows('list-listings', narrowing.asked);
  const publish = (
    <LinkButton kind="act" to="/desk/listings/new">
      {t.desk.publish}
    </LinkButton>
  );
  return (
    <DeskPage
      title={t.desk.listings}
      acts={
        <>
          {isBare(listed, narrowing.isNarrowed) ? null : publish}
          <LinkButton to="/desk/import">{t.desk.import}</LinkButton>
        </>
      }
    >
      <Rows
        caption={t.desk.listings}
        listed={listed}
        columns={COLUMNS}
        keyOf={(row) => row.id}
        isQuiet={(row) => row.state !== 'open'}
        many={{ nameOf, acts: MANY, all: () => idsThatFit('list-listings', narrowing.asked) }}
        {...narrowing.tools}
        empty={
          <Empty title={t.desk.emptyTitle} text={t.desk.empty} example={t.desk.emptyExample} act={publish} />
        }
      />
    </DeskPage>
  );
}

/** Withdrawing can be mended by publishing again, so it does not ask; it says what it did. */
function Withdraw({ listing }: { listing: Listing }) {
  const withdraw = useAct('withdraw-listing');
  const say = useSay();
  if (listing.state === 'withdrawn' || listing.state === 'expired') return null;
  const act = async () => {
    if (await withdraw.run({ id: listing.id })) say({ text: t.desk.withdrawn(listing.title) });
  };
  return (
    <>
      <Button
        kind="line"
        label={`${t.desk.withdraw}: ${listing.title}`}
        isBusy={withdraw.isBusy}
        onPress={() => void act()}
      >
        {t.desk.withdraw}
      </Button>
      <Problem failure={withdraw.failure} />
    </>
  );
}
