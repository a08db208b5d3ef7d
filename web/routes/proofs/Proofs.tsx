import { Link } from 'react-router';
import { useAct, useRows } from '../../api/queries.ts';
import type { Proof } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, State } from '../../components/figures.tsx';
import { More } from '../../components/More.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { ImportProof } from './ImportProof.tsx';
import { IssuerOf } from './IssuerOf.tsx';
import { lastDay } from './last-day.ts';

const MARKS: Record<Proof['state'], Mark> = {
  offered: 'open',
  asked: 'half',
  held: 'full',
  issued: 'full',
  expired: 'bar',
};

const COLUMNS: readonly Column<Proof>[] = [
  {
    head: t.proofs.what,
    isLead: true,
    cell: (row) => (
      <>
        {row.relationship === undefined ? (
          row.name
        ) : (
          <Link to={`/relationships/${row.relationship}`} data-row>
            {row.name}
          </Link>
        )}
        {row.isIssued ? <span className="soft"> {t.proofs.issuedTo(row.with ?? '')}</span> : null}
      </>
    ),
  },
  { head: t.proofs.says, isNamed: true, cell: (row) => <FactList proof={row} /> },
  {
    head: t.proofs.from,
    isNamed: true,
    cell: (row) => <IssuerOf issuer={row.issuer} isMine={row.isIssued} />,
  },
  { head: t.relationships.state, cell: (row) => <Copies proof={row} /> },
  {
    head: t.proofs.until,
    isNamed: true,
    cell: (row) => (
      <span className="brief">
        {row.until === undefined ? t.proofs.noEnd : formatDate(lastDay(row.until))}
      </span>
    ),
  },
  { head: t.proofs.remove, isAct: true, cell: (row) => <RemoveProof proof={row} /> },
];

/** What I can prove, whose word each is, and how many copies are left; what I issued to others stands in it too. */
export default function Proofs() {
  const listed = useRows('list-proofs', {});
  return (
    <Page title={t.proofs.title} lead={t.proofs.lead} back={{ to: '/data', place: t.data.title }}>
      <Rows
        caption={t.proofs.title}
        listed={listed}
        columns={COLUMNS}
        keyOf={(row) => row.id}
        isQuiet={(row) => row.state === 'expired'}
        empty={<Empty title={t.proofs.none} text={t.proofs.empty} example={t.proofs.emptyExample} />}
      />
      <More title={t.proofs.importTitle}>
        <ImportProof />
      </More>
    </Page>
  );
}

export function FactList({ proof }: { proof: Pick<Proof, 'facts'> }) {
  return (
    <ul className="bare fact-list">
      {proof.facts.map((fact) => (
        <li key={fact.path.join('/')}>
          {fact.says}: <strong>{fact.value}</strong>
        </li>
      ))}
    </ul>
  );
}

/** How many copies nobody has seen, and the act that brings more. */
export function Copies({ proof }: { proof: Proof }) {
  const take = useAct('take-proof');
  const say = useSay();
  const { left, used, isLow } = proof.copies;
  const act = async () => {
    if (await take.run({ proof: proof.id })) say({ text: t.proofs.askedMore });
  };
  if (proof.state !== 'held' || proof.isIssued)
    return <State mark={MARKS[proof.state]}>{t.proofs.states[proof.state]}</State>;
  if (proof.isImported) return t.proofs.oneCopy;
  if (!isLow) return <span className="figure">{t.proofs.left(left, used)}</span>;
  return (
    <div className="issuer">
      <span className="figure">{t.proofs.left(left, used)}</span>
      <State mark="half">{t.proofs.low(left)}</State>
      <Button small kind="line" isBusy={take.isBusy} onPress={() => void act()}>
        {t.proofs.more}
      </Button>
      <span className="hint">{t.proofs.moreWhy}</span>
      <Problem failure={take.failure} />
    </div>
  );
}

export function RemoveProof({ proof }: { proof: Proof }) {
  const remove = useAct('remove-proof');
  const say = useSay();
  const act = async () => {
    if (await remove.run({ proof: proof.id })) say({ text: t.proofs.removed });
  };
  return (
    <>
      <TwoSteps
        small
        act={t.proofs.remove}
        ask={t.proofs.removeAsk(proof.name)}
        what={proof.isIssued ? t.proofs.removeIssuedWhat : t.proofs.removeWhat}
        now={t.proofs.remove}
        isBusy={remove.isBusy}
        onDo={() => void act()}
      />
      <Problem failure={remove.failure} />
    </>
  );
}
