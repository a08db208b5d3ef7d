import { Link } from 'react-router';
import { useAsk } from '../../api/queries.ts';
import type { NextStep } from '../../api/shapes.ts';
import { Problem } from '../../components/Problem.tsx';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

/** What the other side of a relationship gets next by my rules, and what is missing for it. */
export function NextByRules({ relationship }: { relationship: string }) {
  const asked = useAsk('show-next', { relationship });
  const rows = asked.data?.rows ?? [];
  return (
    <div className="stack">
      <Problem failure={asked.failure} again={asked.again} />
      {asked.data && rows.length === 0 ? <p className="soft">{t.rules.nextNone}</p> : null}
      {rows.map((row) => (
        <div key={row.rule}>
          <h3>{row.name}</h3>
          {row.gives.length > 0 ? <p>{t.rules.nextNow(labels(row.gives))}</p> : null}
          {row.next ? <p>{t.rules.nextSaid(labels(row.next.gives), missing(row.next))}</p> : null}
          {row.gives.length === 0 && !row.next ? <p className="soft">{t.rules.nextNothing}</p> : null}
        </div>
      ))}
      <p>
        <Link to="/data/rules">{t.rules.seeRules}</Link>
      </p>
    </div>
  );
}

function labels(gives: readonly { label: string }[]): string {
  return formatList([...new Set(gives.map((it) => it.label))]);
}

function missing({ when, have }: NextStep): string {
  const more = Math.max(1, when.atLeast - have);
  const said = t.rules.missing[when.kind];
  return typeof said === 'string' ? said : said(more);
}
