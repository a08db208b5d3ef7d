import { Link } from 'react-router';
import { useRows } from '../../api/queries.ts';
import type { RelationshipRow } from '../../api/shapes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Named, When } from '../../components/figures.tsx';
import { useNarrowing } from '../../components/narrowing.tsx';
import { Page } from '../../components/Page.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { t } from '../../i18n/index.ts';
import { RelationshipState } from './RelationshipState.tsx';

const STATES = ['active', 'asked', 'paused', 'ended', 'refused'] as const;

const COLUMNS: readonly Column<RelationshipRow>[] = [
  {
    head: t.relationships.with,
    isLead: true,
    cell: (row) => (
      <Link to={`/relationships/${row.id}`} data-row>
        <Named who={row.with} />
      </Link>
    ),
  },
  { head: t.relationships.what, cell: (row) => row.title },
  { head: t.relationships.sideLabel, cell: (row) => t.relationships.side[row.side] },
  { head: t.relationships.state, cell: (row) => <RelationshipState state={row.state} /> },
  { head: t.relationships.since, isNamed: true, cell: (row) => <When at={row.since} isStop={false} /> },
  { head: t.relationships.last, isNamed: true, cell: (row) => <When at={row.last} isStop={false} /> },
  {
    head: t.relationships.news,
    isFigure: true,
    cell: (row) => (row.unread > 0 ? <strong>{t.relationships.unread(row.unread)}</strong> : null),
  },
];

export default function Relationships() {
  const narrowing = useNarrowing(t.relationships.state, STATES, t.relationships.states);
  const listed = useRows('list-relationships', narrowing.asked);
  return (
    <Page
      title={t.relationships.title}
      lead={t.relationships.lead}
      acts={
        <>
          <LinkButton to="/relationships/invitations">{t.invitations.title}</LinkButton>
          <LinkButton to="/relationships/sharing">{t.relationships.sharing}</LinkButton>
        </>
      }
    >
      <Rows
        caption={t.relationships.title}
        listed={listed}
        columns={COLUMNS}
        keyOf={(row) => row.id}
        isQuiet={(row) => row.state === 'ended' || row.state === 'refused'}
        {...narrowing.tools}
        empty={
          <Empty
            title={t.relationships.emptyTitle}
            text={t.relationships.empty}
            example={t.today.askExample}
            act={
              <LinkButton kind="act" to="/wants/new">
                {t.relationships.emptyAct}
              </LinkButton>
            }
          />
        }
      />
    </Page>
  );
}
