import { useState } from 'react';
import { useAct, useRows } from '../../api/queries.ts';
import type { SentThing } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, State, When } from '../../components/figures.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Rows } from '../../components/Rows.tsx';
import { SelectField } from '../../components/Select.tsx';
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

const COLUMNS: readonly Column<SentThing>[] = [
  {
    head: t.deliveries.what,
    isLead: true,
    cell: (row) => t.deliveries.types[row.type] ?? t.deliveries.other,
  },
  {
    head: t.deliveries.state,
    cell: (row) => (
      <>
        <State mark={MARKS[row.state]}>{t.deliveries.states[row.state]}</State>
        {row.problem ? <span className="soft"> {row.problem}</span> : null}
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

/** What has not reached the other side, why, and what can be done about it. */
export default function Deliveries() {
  const [state, setState] = useState<SentThing['state']>('saved');
  const listed = useRows('list-deliveries', { state });
  return (
    <Page title={t.deliveries.title} lead={t.deliveries.lead} back={{ to: '/', place: t.today.title }}>
      <Rows
        caption={t.deliveries.title}
        listed={listed}
        columns={COLUMNS}
        keyOf={(row) => row.id}
        keepTools
        filters={
          <SelectField
            label={t.deliveries.show}
            value={state}
            onChange={(value) => setState(STATES.find((one) => one === value) ?? 'saved')}
            options={STATES.map((value) => ({ value, label: t.deliveries.shows[value] }))}
          />
        }
        empty={<Empty title={t.deliveries.emptyTitle} text={t.deliveries.empty} />}
      />
    </Page>
  );
}

function DeliveryActs({ row }: { row: SentThing }) {
  const retry = useAct('retry-delivery');
  const drop = useAct('drop-delivery');
  const say = useSay();
  if (row.state === 'acted' || row.state === 'dropped') return null;
  const isRefused = row.state === 'refused';
  // What was refused is decided, but for a record: what follows it stands on it.
  if (isRefused && row.type !== 'record') return null;
  const doRetry = async () => {
    if (await retry.run({ delivery: row.id })) say({ text: t.deliveries.retried });
  };
  const doDrop = async () => {
    if (await drop.run({ delivery: row.id })) say({ text: t.deliveries.dropped });
  };
  return (
    <div className="acts">
      <Button small kind="act" isBusy={retry.isBusy} onPress={() => void doRetry()}>
        {t.deliveries.retry}
      </Button>
      {isRefused ? null : (
        <TwoSteps
          small
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
