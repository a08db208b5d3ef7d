import { Link } from 'react-router';
import { useAct, useRows } from '../../api/queries.ts';
import type { InvitationRow } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, State, When } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { AcceptInvitation } from './AcceptInvitation.tsx';
import { FindParty } from './FindParty.tsx';
import { InvitePerson } from './InvitePerson.tsx';

const MARKS: Record<InvitationRow['state'], Mark> = {
  open: 'open',
  late: 'bar',
  taken: 'full',
  withdrawn: 'bar',
};

const COLUMNS: readonly Column<InvitationRow>[] = [
  {
    head: t.invitations.note,
    isLead: true,
    cell: (row) => <span className="words">{row.note || row.name}</span>,
  },
  {
    head: t.invitations.state,
    cell: (row) => {
      const state = <State mark={MARKS[row.state]}>{t.invitations.states[row.state]}</State>;
      return row.relationship ? <Link to={`/relationships/${row.relationship}`}>{state}</Link> : state;
    },
  },
  { head: t.invitations.until, isNamed: true, cell: (row) => <When at={row.until} isStop={false} /> },
  { head: t.invitations.withdraw, cell: (row) => <Withdraw row={row} /> },
];

/** Meeting somebody without a market. */
export default function Invitations() {
  const listed = useRows('list-invitations', {});
  return (
    <Page
      title={t.invitations.title}
      lead={t.invitations.lead}
      back={{ to: '/relationships', place: t.relationships.title }}
    >
      <Section title={t.invitations.accept}>
        <AcceptInvitation />
      </Section>
      <Section title={t.invitations.invite}>
        <InvitePerson />
      </Section>
      <Section title={t.discovery.findTitle}>
        <FindParty />
      </Section>
      <Section title={t.invitations.list}>
        <Rows
          caption={t.invitations.list}
          listed={listed}
          columns={COLUMNS}
          keyOf={(row) => row.id}
          isQuiet={(row) => row.state !== 'open'}
          empty={<Empty title={t.invitations.emptyTitle} text={t.invitations.empty} />}
        />
      </Section>
    </Page>
  );
}

function Withdraw({ row }: { row: InvitationRow }) {
  const withdraw = useAct('withdraw-invitation');
  const say = useSay();
  if (row.state !== 'open') return null;
  const act = async () => {
    if (await withdraw.run({ invitation: row.id })) say({ text: t.invitations.withdrawn });
  };
  return (
    <>
      <Button small isBusy={withdraw.isBusy} onPress={() => void act()}>
        {t.invitations.withdraw}
      </Button>
      <Problem failure={withdraw.failure} />
    </>
  );
}
