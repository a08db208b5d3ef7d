import { Link } from 'react-router';
import { type Listed, PAGE, useAsk, useRows } from '../../api/queries.ts';
import type { ReleaseRow, SharingRow } from '../../api/shapes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { type Mark, State, When } from '../../components/figures.tsx';
import { useNarrowing } from '../../components/narrowing.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { sharing } from '../../i18n/sharing.ts';
import { sayWhy } from '../rules/say.ts';
import { Deletion, Openings } from './GrantUses.tsx';
import { SaveConsent } from './SaveConsent.tsx';
import { SharingGrid } from './SharingGrid.tsx';
import { StopSharing } from './StopSharing.tsx';

/** Which rule of mine gave it, and by which of its steps. */
type ByRule = ReadonlyMap<string, ReleaseRow>;

const columns = (byRule: ByRule): readonly Column<SharingRow>[] => [
  {
    head: sharing.itemFor,
    isLead: true,
    cell: (row) => (
      <>
        {row.label}
        <span className="sans grant-said">{row.purpose}</span>
        <RuleOf release={byRule.get(row.id)} />
      </>
    ),
  },
  {
    head: t.relationships.with,
    cell: (row) => (
      <Link className="with" to={`/relationships/${row.relationship}`} data-row>
        {row.with}
      </Link>
    ),
  },
  {
    head: t.relationships.since,
    isNamed: true,
    cell: (row) => (row.since === undefined ? null : <When at={row.since} />),
  },
  {
    head: t.grants.opened,
    isNamed: true,
    cell: (row) => (row.since === undefined ? null : <Openings grant={row} />),
  },
  {
    head: t.relationships.until,
    isNamed: true,
    cell: (row) => (
      <span className="brief">{row.until === undefined ? t.relationships.noEnd : formatDay(row.until)}</span>
    ),
  },
  { head: t.relationships.state, cell: (row) => <GrantStanding row={row} /> },
  {
    head: t.relationships.stop,
    isAct: true,
    cell: (row) => (
      <div className="grant-acts">
        {row.state === 'active' ? <StopSharing grant={row} name={row.with} /> : null}
        <SaveConsent grant={row} name={row.with} />
      </div>
    ),
  },
];

function RuleOf({ release }: { release: ReleaseRow | undefined }) {
  if (!release) return null;
  return (
    <span className="sans soft grant-said">
      {t.rules.rule} <Link to={`/data/rules/${release.rule}`}>{release.ruleName}</Link>. {sayWhy(release.why)}
    </span>
  );
}

function useRulesOf(rows: readonly SharingRow[]): ByRule {
  const grants = rows.map((row) => row.id);
  const isOff = grants.length === 0;
  const found = useAsk('list-releases', { grants, limit: 200 }, { off: isOff }).data?.rows ?? [];
  return new Map(found.flatMap((row) => (row.grant === undefined ? [] : [[row.grant, row]])));
}

const MARKS: Record<SharingRow['state'], Mark> = {
  planned: 'open',
  active: 'full',
  stopped: 'bar',
  expired: 'bar',
};

function GrantStanding({ row }: { row: SharingRow }) {
  return (
    <>
      <State mark={MARKS[row.state]}>
        {row.stoppedBy === 'count' ? t.grants.usedUp : t.relationships.grantStates[row.state]}
        {row.stoppedAt === undefined ? null : <When at={row.stoppedAt} />}
      </State>
      {row.since === undefined && row.state !== 'planned' ? (
        <span className="soft grant-said">{sharing.neverOut}</span>
      ) : null}
      {row.state === 'stopped' && row.since !== undefined ? (
        <span className="soft grant-said">
          <Deletion grant={row} />
        </span>
      ) : null}
    </>
  );
}

const STATES = ['now', 'over'] as const;

/** Who can see what of mine: at a glance as a grid, then line by line with the way to stop it. */
export default function Sharing() {
  const narrowing = useNarrowing(sharing.show, STATES, sharing.shows, 'now');
  const listed = useRows('show-sharing', narrowing.asked);
  const byRule = useRulesOf(listed.rows);
  const { items = 0, parties = 0, over = 0 } = listed.answer ?? {};
  const isAny = listed.rows.length > 0 || items > 0 || over > 0;
  return (
    <Page
      title={t.relationships.sharingTitle}
      lead={isAny ? sharing.lead(items, parties) : null}
      back={{ to: '/relationships', place: t.relationships.title }}
    >
      {narrowing.state === 'now' ? (
        <Glance listed={listed} isSearched={narrowing.asked.search !== undefined} />
      ) : null}
      <Section title={t.relationships.shared}>
        {listed.rows.length > 0 ? <p className="hint use-unseen">{sharing.useUnseen}</p> : null}
        <Rows
          caption={t.relationships.sharingTitle}
          listed={listed}
          columns={columns(byRule)}
          keyOf={(row) => row.id}
          isQuiet={(row) => row.state !== 'active'}
          {...narrowing.tools}
          // What is over is found also when nothing is seen any more.
          keepTools={over > 0}
          empty={
            <Empty
              title={sharing.emptyTitle}
              text={sharing.empty}
              act={<LinkButton to="/data">{t.frame.data}</LinkButton>}
            />
          }
        />
      </Section>
    </Page>
  );
}

/** Of a part of the list it would say that something is not shared which stands on another page. */
function Glance({ listed, isSearched }: { listed: Listed<SharingRow>; isSearched: boolean }) {
  const seen = listed.rows.filter((row) => row.state === 'active');
  if (listed.before > 0 || listed.isMore) return <p className="hint">{sharing.gridNot(PAGE)}</p>;
  return seen.length > 0 ? <SharingGrid rows={seen} isSearched={isSearched} /> : null;
}
