import type { RulePreview as Preview } from '../../api/shapes.ts';
import { type Column, Table } from '../../components/Table.tsx';
import { t } from '../../i18n/index.ts';
import { sayEnd, sayWhy } from './say.ts';

type Row = Preview['rows'][number]['gives'][number] & { key: string; to: string };

const COLUMNS: readonly Column<Row>[] = [
  { head: t.rules.gets, isLead: true, cell: (row) => row.label },
  { head: t.rules.to, isNamed: true, cell: (row) => <span className="with">{row.to}</span> },
  { head: t.rules.why, isNamed: true, cell: (row) => <span className="brief">{sayWhy(row.why)}</span> },
  {
    head: t.relationships.purpose,
    isNamed: true,
    cell: (row) => (
      <>
        {row.purpose}
        {row.askedFor === undefined ? null : <span className="hint"> {t.rules.askedFor(row.askedFor)}</span>}
      </>
    ),
  },
  {
    head: t.rules.until,
    isNamed: true,
    cell: (row) => <span className="brief">{sayEnd(row)}</span>,
  },
];

/** Field by field, to whom, why, for what and until when; then what it would not give, and why not. */
export function RulePreview({ preview, isOn }: { preview: Preview; isOn: boolean }) {
  const nobody = isOn ? t.rules.previewNoMore : t.rules.previewNobody;
  const { counts, notGiven } = preview;
  const rows = preview.rows.flatMap((row) =>
    row.gives.map((it) => ({ ...it, to: row.with, key: `${row.relationship} ${it.item}` })),
  );
  return (
    <div className="stack">
      <p>
        <strong>{counts.fields === 0 ? nobody : t.rules.previewLead(counts.receivers, counts.fields)}</strong>{' '}
        {counts.asking > 0 ? `${t.rules.previewAsking(counts.asking)} ` : null}
        {t.rules.previewReach(counts.relationships)}
      </p>
      {rows.length > 0 ? (
        <Table caption={t.rules.previewTitle} columns={COLUMNS} rows={rows} keyOf={(row) => row.key} />
      ) : null}
      {notGiven.length > 0 ? (
        <div>
          <h3>{t.rules.notGivenTitle}</h3>
          <ul className="sans">
            {notGiven.map((it) => (
              <li key={it.reason}>{t.rules.reasons[it.reason](it.fields)}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
