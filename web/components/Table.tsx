import { type HTMLAttributes, memo, type ReactNode } from 'react';
import { t } from '../i18n/index.ts';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand in a column of their own, ends aligned. */
  isFigure?: boolean;
  /** The row's name: set large, and the whole first line on a phone. */
  isLead?: boolean;
  /** Says its column's name before the value when the table folds on a phone. */
  isNamed?: boolean;
  /** A column of acts has its head for those who listen only. */
  isAct?: boolean;
}

/** display:block, as on phones, takes the implied roles of a table away: they are said again. */
const ROLES: Record<'table' | 'rowgroup' | 'row' | 'cell' | 'columnheader', HTMLAttributes<HTMLElement>> = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
  columnheader: { role: 'columnheader' },
};

/** Rows that can be ticked, for acts on many. */
interface Ticking<Row> {
  ids: ReadonlySet<string>;
  nameOf: (row: Row) => string;
  toggle: (id: string, isRange: boolean) => void;
}

/** A ledger that stays a table for those who listen when it folds into lines on a phone. */
export function Table<Row>(props: {
  caption: string;
  isCaptionShown?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  isQuiet?: (row: Row) => boolean;
  ticking?: Ticking<Row>;
}) {
  const { ticking } = props;
  return (
    <table className="ledger" data-fold data-ticking={ticking ? '' : undefined} {...ROLES.table}>
      <caption className={props.isCaptionShown ? undefined : 'hidden'}>{props.caption}</caption>
      <thead {...ROLES.rowgroup}>
        <tr {...ROLES.row}>
          {ticking ? (
            <th {...ROLES.columnheader} scope="col" className="tick">
              <span className="hidden">{t.ticks.column}</span>
            </th>
          ) : null}
          {props.columns.map((column) => (
            <th
              key={column.head}
              {...ROLES.columnheader}
              scope="col"
              className={column.isFigure ? 'num' : undefined}
            >
              {column.isAct ? <span className="hidden">{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...ROLES.rowgroup}>
        {props.rows.map((row) => (
          <MemoRow
            key={props.keyOf(row)}
            row={row}
            columns={props.columns}
            isQuiet={props.isQuiet?.(row) ?? false}
            {...(ticking
              ? {
                  id: props.keyOf(row),
                  isTicked: ticking.ids.has(props.keyOf(row)),
                  nameOf: ticking.nameOf,
                  toggle: ticking.toggle,
                }
              : {})}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Rows that stay the same are not set again when others change. */
const MemoRow = memo(TableRow) as typeof TableRow; // memo forgets that it is generic

interface RowProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  isQuiet: boolean;
  id?: string;
  isTicked?: boolean;
  nameOf?: (row: Row) => string;
  toggle?: (id: string, isRange: boolean) => void;
}

function TableRow<Row>(props: RowProps<Row>) {
  return (
    <tr {...ROLES.row} data-quiet={props.isQuiet || undefined} data-ticked={props.isTicked || undefined}>
      <TickCell {...props} />
      {props.columns.map((column) => {
        const cell = column.cell(props.row);
        const className = column.isLead ? 'lead' : column.isFigure ? 'num' : undefined;
        return (
          <td
            key={column.head}
            {...ROLES.cell}
            className={className}
            data-label={column.isNamed && cell !== null ? column.head : undefined}
          >
            {cell}
          </td>
        );
      })}
    </tr>
  );
}

function TickCell<Row>({ row, id, isTicked, nameOf, toggle }: RowProps<Row>) {
  if (id === undefined || !nameOf || !toggle) return null;
  return (
    <td {...ROLES.cell} className="tick">
      <label>
        <input
          type="checkbox"
          className="tick-box"
          data-tick=""
          aria-label={t.ticks.tick(nameOf(row))}
          checked={isTicked ?? false}
          // The click tells of Shift, the change does not; a key that toggles comes as a click too.
          onClick={(event) => toggle(id, event.shiftKey)}
          onChange={() => undefined}
        />
      </label>
    </td>
  );
}
