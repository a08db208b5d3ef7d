import { useAct, useRows } from '../../api/queries.ts';
import type { Proffer } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, Named, State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
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
  { head: t.terms.which, cell: (row) => row.ids.join(', ') },
  {
    head: t.terms.answer,
    cell: (row) => (
      <>
        <State mark={MARKS[row.state]}>{t.terms.states[row.state]}</State>
        {(row.alternative ?? row.agreed) ? <span> {row.agreed ?? row.alternative}</span> : null}
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

/** I answer what was proffered to me, and the one alternative that came back to mine. */
function ProfferActs({ row }: { row: Proffer }) {
  const answer = useAct('answer-terms');
  const say = useSay();
  if (!row.isMyTurn) return null;
  const act = async (kind: 'accept' | 'decline') => {
    if (await answer.run({ id: row.id, answer: kind })) say({ text: t.terms.answered });
  };
  return (
    <div className="acts">
      <Button small isBusy={answer.isBusy} onPress={() => void act('accept')}>
        {t.terms.accept}
      </Button>
      <Button small isBusy={answer.isBusy} onPress={() => void act('decline')}>
        {t.terms.decline}
      </Button>
      <Problem failure={answer.failure} />
    </div>
  );
}
