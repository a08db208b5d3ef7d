import type { ArchiveReport } from '../../api/shapes.ts';
import { State } from '../../components/figures.tsx';
import { Table } from '../../components/Table.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

/** What was counted and hashed, and everything that does not hold, each with its place. */
export function ArchiveFindings({ report }: { report: ArchiveReport }) {
  const names = [...new Set([...Object.keys(report.counts), ...Object.keys(report.hashes)])];
  return (
    <div className="stack" role="status">
      <p>
        <State mark={report.ok ? 'full' : 'bad'}>{report.ok ? t.leave.ok : t.leave.notOk}</State>
      </p>
      {report.problems.length > 0 ? (
        <Table
          caption={t.leave.problem}
          rows={report.problems}
          keyOf={(row) => `${row.place} ${row.what}`}
          columns={[
            { head: t.leave.place, cell: (row) => <code>{row.place}</code> },
            { head: t.leave.problem, isLead: true, cell: (row) => row.what },
          ]}
        />
      ) : null}
      <Table
        caption={t.leave.count}
        rows={names}
        keyOf={(name) => name}
        columns={[
          { head: t.leave.what, isLead: true, cell: (name) => name.replaceAll('_', ' ') },
          { head: t.leave.count, isFigure: true, isNamed: true, cell: (name) => countOf(report, name) },
          { head: t.leave.hash, cell: (name) => <code>{report.hashes[name] ?? ''}</code> },
        ]}
      />
    </div>
  );
}

function countOf(report: ArchiveReport, name: string): string {
  const count = report.counts[name];
  return count === undefined ? t.frame.unknown : formatNumber(count);
}
