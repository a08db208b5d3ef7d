import { Link } from 'react-router';
import { useRows } from '../../api/queries.ts';
import type { ReleaseRow } from '../../api/shapes.ts';
import { type Mark, State, When } from '../../components/figures.tsx';
import { Rows } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { t } from '../../i18n/index.ts';
import { sayEnd, sayWhy } from './say.ts';

const MARKS: Record<ReleaseRow['state'], Mark> = { waiting: 'open', given: 'full', declined: 'bar' };

const COLUMNS: readonly Column<ReleaseRow>[] = [
  { head: t.rules.what, isLead: true, cell: (row) => row.label },
  {
    head: t.rules.to,
    isNamed: true,
    cell: (row) => (
      <Link className="with" to={`/relationships/${row.relationship}`}>
        {row.with}
      </Link>
    ),
  },
  { head: t.rules.rule, isNamed: true, cell: (row) => <span className="with">{row.ruleName}</span> },
  { head: t.rules.why, isNamed: true, cell: (row) => <span className="brief">{sayWhy(row.why)}</span> },
  {
    head: t.rules.until,
    isNamed: true,
    cell: (row) => <span className="brief">{sayEnd(row)}</span>,
  },
  {
    head: t.rules.state,
    cell: (row) => (
      <State mark={row.isReplaced ? 'bar' : MARKS[row.state]}>
        {row.isReplaced ? t.rules.states.replaced : t.rules.states[row.state]}{' '}
        <When at={row.at} isStop={false} />
      </State>
    ),
  },
];

/** What rules did, newest first, each with why. */
export function Releases() {
  const listed = useRows('list-releases', {});
  return (
    <Rows
      caption={t.rules.doneTitle}
      listed={listed}
      columns={COLUMNS}
      keyOf={(row) => row.id}
      empty={<p className="soft">{t.rules.doneNone}</p>}
    />
  );
}
