import { useState } from 'react';
import { useAct, useAsk, useRows } from '../../api/queries.ts';
import type { Proffer } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, Named, State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Rows } from '../../components/Rows.tsx';
import { SelectField } from '../../components/Select.tsx';
import type { Column } from '../../components/Table.tsx';
import { TermsNames } from '../../components/TermsNames.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

const MARKS: Record<Proffer['state'], Mark> = {
  pending: 'open',
  accepted: 'full',
  alternative: 'half',
  declined: 'bar',
  expired: 'bar',
};

const COLUMNS: readonly Column<Proffer>[] = [
  { head: t.terms.with, isLead: true, cell: (row) => <Named who={row.with} /> },
  { head: t.terms.who, isNamed: true, cell: (row) => t.terms[row.side] },
  { head: t.terms.which, cell: (row) => <TermsNames ids={row.ids} /> },
  {
    head: t.terms.answer,
    cell: (row) => (
      <>
        <State mark={MARKS[row.state]}>{t.terms.states[row.state]}</State>
        <AnsweredWith terms={row.agreed ?? row.alternative} />
      </>
    ),
  },
  { head: t.terms.record, isNamed: true, cell: (row) => <code>{row.recordId.slice(0, 12)}</code> },
  { head: t.terms.at, cell: (row) => <When at={row.at} /> },
  { head: t.terms.accept, isAct: true, cell: (row) => <ProfferActs row={row} /> },
];

/** Every proffer, mine and theirs, with its answer: refusals stay in the list as long as acceptances. */
export function Proffers({ relationship }: { relationship?: string }) {
  const listed = useRows('list-proffers', relationship === undefined ? {} : { relationship });
  return (
    <div className="stack">
      {relationship === undefined ? <p className="soft">{t.terms.answersLead}</p> : null}
      <Rows
        caption={t.terms.answers}
        listed={listed}
        columns={COLUMNS}
        keyOf={(row) => row.id}
        empty={
          relationship === undefined ? (
            <Empty title={t.terms.emptyTitle} text={t.terms.empty} />
          ) : (
            <p className="soft">{t.relationships.noProffers}</p>
          )
        }
      />
    </div>
  );
}

function AnsweredWith({ terms }: { terms: string | undefined }) {
  return terms === undefined ? null : (
    <span className="soft">
      {' '}
      <TermsNames ids={[terms]} />
    </span>
  );
}

/** I answer what was proffered to me, and the one alternative that came back to mine. */
function ProfferActs({ row }: { row: Proffer }) {
  const answer = useAct('answer-terms');
  const say = useSay();
  if (!row.isMyTurn) return null;
  const act = async (kind: 'accept' | 'decline' | 'alternative', alternative?: string) => {
    const input = { id: row.id, answer: kind, ...(alternative ? { alternative } : {}) };
    if (await answer.run(input)) say({ text: t.terms.answered });
  };
  return (
    <div className="acts">
      <Button small isBusy={answer.isBusy} onPress={() => void act('accept')}>
        {t.terms.accept}
      </Button>
      <Button small isBusy={answer.isBusy} onPress={() => void act('decline')}>
        {t.terms.decline}
      </Button>
      {row.side === 'theirs' ? (
        <ProposeOther
          row={row}
          isBusy={answer.isBusy}
          onPropose={(terms) => void act('alternative', terms)}
        />
      ) : null}
      <Problem failure={answer.failure} />
    </div>
  );
}

/** The one alternative that an answer may bring: any terms of the roster that were not proffered. */
function ProposeOther(props: { row: Proffer; isBusy: boolean; onPropose: (terms: string) => void }) {
  const roster = useAsk('list-roster', {}).data?.rows ?? [];
  const others = roster.filter(
    (entry) => entry.family !== 'contribution' && !props.row.ids.includes(entry.id),
  );
  const [chosen, choose] = useState('');
  const terms = chosen || (others[0]?.id ?? '');
  return (
    <TwoSteps
      small
      act={t.terms.propose}
      ask={t.terms.proposeAsk(props.row.with.name)}
      what={t.terms.proposeWhat}
      more={
        <SelectField
          label={t.terms.proposeWhich}
          value={terms}
          onChange={choose}
          options={others.map((entry) => ({ value: entry.id, label: `${entry.name} (${entry.id})` }))}
        />
      }
      now={t.terms.proposeNow}
      keep={t.frame.cancel}
      isBusy={props.isBusy}
      onDo={() => props.onPropose(terms)}
    />
  );
}
