import { useRows } from '../../api/queries.ts';
import type { PublishedCell } from '../../api/shapes.ts';
import { Rows, useSearch } from '../../components/Rows.tsx';
import type { Column } from '../../components/Table.tsx';
import { TermsNames } from '../../components/TermsNames.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

const COLUMNS: readonly Column<PublishedCell>[] = [
  { head: t.market.cell, isLead: true, cell: (row) => row.words },
  { head: t.market.terms, cell: (row) => <TermsNames ids={[row.cell.terms]} /> },
  { head: t.market.atLeast, isFigure: true, isNamed: true, cell: (row) => formatNumber(row.atLeast) },
];

/** The table of cells as the market signed it. */
export function PublishedTable({ market }: { market: string }) {
  const search = useSearch();
  const listed = useRows('list-cells', { market, ...(search.asked ? { search: search.asked } : {}) });
  return (
    <div className="stack">
      <p>{t.market.tableLead}</p>
      <Rows
        caption={t.market.table}
        listed={listed}
        columns={COLUMNS}
        keyOf={(row) => row.id}
        search={search}
        clear={() => search.set('')}
        empty={<p className="soft">{t.market.tableEmpty}</p>}
      />
    </div>
  );
}
