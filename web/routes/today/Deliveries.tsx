import { idsThatFit } from '../../api/many.ts';
import { useAct, useRows } from '../../api/queries.ts';
import type { SentThing } from '../../api/shapes.ts';
import { ActOnTicked } from '../../components/ActOnTicked.tsx';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, State, When } from '../../components/figures.tsx';
import { useNarrowing } from '../../components/narrowing.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

const STATES = ['saved', 'dead', 'refused', 'dropped', 'kept', 'acted'] as const;
const MARKS: Record<SentThing['state'], Mark> = {
  saved: 'half',
  acted: 'full',
  kept: 'half',
  refused: 'bad',
  dead: 'bad',
  dropped: 'bar',
};

/** What went wrong, in words; what no words are known for is shown as the other side said it. */
function whyNot(code: string): string {
  return t.deliveries.problems[code] ?? code;
}

const COLUMNS: readonly Column<SentThing>[] = [
  {
    head: t.deliveries.what,
    isLead: true,
    cell: (row) => t.deliveries.types[row.type] ?? t.deliveries.other,
  },
  { head: t.deliveries.to, isNamed: true, cell: (row) => row.host ?? t.deliveries.here },
  {
    head: t.deliveries.state,
    cell: (row) => (
      <>
        <State mark={MARKS[row.state]}>{t.deliveries.states[row.state]}</State>
        {row.problem ? <span className="soft"> {whyNot(row.problem)}</span> : null}
      </>
    ),
  },
  { head: t.deliveries.saved, isNamed: true, cell: (row) => <When at={row.savedAt} /> },
  { head: t.deliveries.attempts, isNamed: true, cell: (row) => t.deliveries.times(row.attempts) },
  {
    head: t.deliveries.next,
    isNamed: true,
    cell: (row) => (row.nextAt === undefined ? null : <When at={row.nextAt} />),
  },
  { head: t.deliveries.retry, isAct: true, cell: (row) => <DeliveryActs row={row} /> },
];

const nameOf = (row: SentThing) => t.deliveries.types[row.type] ?? t.deliveries.other;
const MANY = (
  <>
    <ActOnTicked name="retry-deliveries" act={t.deliveries.retryMany} done={t.deliveries.manyRetried} />
    <ActOnTicked
      name="drop-deliveries"
      act={t.deliveries.dropMany}
      done={t.deliveries.manyDropped}
      ask={t.deliveries.dropManyAsk}
      what={t.deliveries.dropManyWhat}
    />
  </>
);

/** The types whose words on this page hold what is searched: the node knows them by their codes. */
function typesCalled(search: string): string[] {
  const words = search.toLowerCase();
  return Object.entries(t.deliveries.types).flatMap(([type, said]) =>
    said.toLowerCase().includes(words) ? [type] : [],
  );
}

/** What has not reached the other side, why, and what can be done about it. */
export default function Deliveries() {
  const narrowing = useNarrowing(t.deliveries.show, STATES, t.deliveries.shows, 'saved');
  const { asked } = narrowing;
  const wanted = asked.search ? { ...asked, orTypes: typesCalled(asked.search) } : asked;
  const listed = useRows('list-deliveries', wanted);
  const isStuck = asked.state === 'saved' || asked.state === 'dead';
  const many = { nameOf, acts: MANY, all: () => idsThatFit('list-deliveries', wanted) };
  return (
    <Page title={t.deliveries.title} lead={t.deliveries.lead} back={{ to: '/', place: t.today.title }}>
      <Rows
        caption={t.deliveries.title}
        listed={listed}
        columns={COLUMNS}
        keyOf={(row) => row.id}
        keepTools
        many={isStuck ? many : undefined}
        {...narrowing.tools}
        empty={<Empty title={t.deliveries.emptyTitle} text={t.deliveries.empty} />}
      />
    </Page>
  );
}

function DeliveryActs({ row }: { row: SentThing }) {
  const retry = useAct('retry-delivery');
  const drop = useAct('drop-delivery');
  const say = useSay();
  // What was refused is decided, but for a record: what follows it stands on it.
  const isRefused = row.state === 'refused' && row.type === 'record';
  if (row.state !== 'saved' && row.state !== 'dead' && !isRefused) return null;
  const doRetry = async () => {
    if (await retry.run({ delivery: row.id })) say({ text: t.deliveries.retried });
  };
  const doDrop = async () => {
    if (await drop.run({ delivery: row.id })) say({ text: t.deliveries.dropped });
  };
  return (
    <div className="acts">
      <Button kind="line" isBusy={retry.isBusy} onPress={() => void doRetry()}>
        {t.deliveries.retry}
      </Button>
      {isRefused ? null : (
        <TwoSteps
          kind="line"
          act={t.deliveries.drop}
          ask={t.deliveries.dropAsk}
          now={t.deliveries.dropNow}
          isBusy={drop.isBusy}
          onDo={() => void doDrop()}
        />
      )}
      <Problem failure={retry.failure ?? drop.failure} />
    </div>
  );
}
