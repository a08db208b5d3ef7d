import { Link } from 'react-router';
import { idsThatFit } from '../../api/many.ts';
import { useAct, useRows } from '../../api/queries.ts';
import type { SeenCast } from '../../api/shapes.ts';
import { ActOnTicked } from '../../components/ActOnTicked.tsx';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, State, When } from '../../components/figures.tsx';
import { useNarrowing } from '../../components/narrowing.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { TermsNames } from '../../components/TermsNames.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { DeskPage } from './DeskPage.tsx';

const MARKS: Record<SeenCast['state'], Mark> = {
  new: 'open',
  answered: 'full',
  declined: 'bar',
  full: 'bar',
  closed: 'bar',
  expired: 'bar',
};

const COLUMNS: readonly Column<SeenCast>[] = [
  {
    head: t.desk.cast,
    isLead: true,
    cell: (row) =>
      row.state === 'new' ? (
        <Link to={`/desk/casts/${row.alias}`} data-row>
          {row.words}
        </Link>
      ) : (
        row.words
      ),
  },
  { head: t.desk.requires, isNamed: true, cell: (row) => <TermsNames ids={row.requiredTerms} /> },
  { head: t.desk.received, isNamed: true, cell: (row) => <When at={row.receivedAt} isStop={false} /> },
  { head: t.desk.until, isNamed: true, cell: (row) => <When at={row.until} isStop={false} /> },
  {
    head: t.desk.state,
    cell: (row) => <State mark={MARKS[row.state]}>{t.desk.castStates[row.state]}</State>,
  },
  { head: t.desk.declineCast, isAct: true, cell: (row) => <Decline cast={row} /> },
];

const SHOWS = ['waiting', 'answered', 'all'] as const;
const ANSWERED = { waiting: false, answered: true, all: undefined } as const;

const nameOf = (row: SeenCast) => row.words;
const MANY = (
  <ActOnTicked
    name="decline-casts"
    act={t.desk.declineCasts}
    done={t.desk.manyDeclined}
    ask={t.desk.declineCastsAsk}
    what={t.desk.declineCastsWhat}
  />
);

/** Wants that fit what I serve by hand: what is wanted, never by whom. */
export default function Casts() {
  const narrowing = useNarrowing(t.deliveries.show, SHOWS, t.desk.castShows, 'waiting');
  const { search } = narrowing.asked;
  const answered = ANSWERED[narrowing.state ?? 'waiting'];
  const asked = { ...(search ? { search } : {}), ...(answered === undefined ? {} : { answered }) };
  const listed = useRows('list-casts', asked);
  const many = { nameOf, acts: MANY, all: () => idsThatFit('list-casts', asked) };
  return (
    <DeskPage title={t.desk.casts}>
      <div className="stack">
        <p>{t.desk.castsLead}</p>
        <Rows
          caption={t.desk.casts}
          listed={listed}
          columns={COLUMNS}
          keyOf={(row) => row.alias}
          isQuiet={(row) => row.state !== 'new' && row.state !== 'answered'}
          keepTools
          many={narrowing.state === 'answered' ? undefined : many}
          {...narrowing.tools}
          empty={<Empty title={t.desk.castsEmptyTitle} text={t.desk.castsEmpty} />}
        />
      </div>
    </DeskPage>
  );
}

function Decline({ cast }: { cast: SeenCast }) {
  const decline = useAct('decline-cast');
  const say = useSay();
  if (cast.state !== 'new') return null;
  const act = async () => {
    if (await decline.run({ alias: cast.alias })) say({ text: t.desk.declinedCast });
  };
  return (
    <>
      <Button
        kind="line"
        label={`${t.desk.declineCast}: ${cast.words}`}
        isBusy={decline.isBusy}
        onPress={() => void act()}
      >
        {t.desk.declineCast}
      </Button>
      <Problem failure={decline.failure} />
    </>
  );
}
