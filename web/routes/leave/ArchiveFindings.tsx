import type { ArchiveReport } from '../../api/shapes.ts';
import { Facts } from '../../components/Facts.tsx';
import { State } from '../../components/figures.tsx';
import { More } from '../../components/More.tsx';
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
      <Findings title={t.leave.problem} rows={report.problems} />
      {report.problemCount > report.problems.length ? (
        <p className="hint">{t.leave.moreProblems(report.problemCount - report.problems.length)}</p>
      ) : null}
      <Findings title={t.leave.notice} rows={report.notices} />
      <Facts
        facts={Object.entries(report.checked).map(([name, count]) => [
          t.leave.checked[name as keyof ArchiveReport['checked']], // its own keys
          formatNumber(count),
        ])}
      />
      <More title={t.leave.everything} isOpen={!report.ok}>
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
      </More>
    </div>
  );
}

function Findings({ title, rows }: { title: string; rows: ArchiveReport['problems'] }) {
  if (rows.length === 0) return null;
  return (
    <Table
      caption={title}
      isCaptionShown
      rows={rows}
      keyOf={(row) => `${row.place} ${row.code}`}
      columns={[
        { head: t.leave.place, cell: (row) => <code>{row.place}</code> },
        { head: title, isLead: true, cell: (row) => row.what },
      ]}
    />
  );
}

function countOf(report: ArchiveReport, name: string): string {
  const count = report.counts[name];
  return count === undefined ? t.frame.unknown : formatNumber(count);
}
