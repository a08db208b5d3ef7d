import { type ReactNode, type RefObject, useRef, useState } from 'react';
import type { Listed } from '../api/queries.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { TextField } from './Field.tsx';
import { Problem } from './Problem.tsx';
import { useSettled } from './settled.ts';
import { type Column, Table } from './Table.tsx';
import { TickBar } from './TickBar.tsx';
import { type Ticks, useTicks } from './ticks.tsx';

/** A search text and the value to ask the server with, which follows a little later. */
export function useSearch(first = ''): {
  text: string;
  set: (text: string) => void;
  asked: string | undefined;
} {
  const [text, set] = useState(first);
  const later = useSettled(text.trim());
  return { text, set, asked: later === '' ? undefined : later };
}

/** Whether there is nothing at all, and not only nothing that fits: then the empty place offers the act. */
export function isBare(listed: Listed<unknown>, isNarrowed: boolean): boolean {
  return (
    !listed.isLoading && !listed.failure && listed.rows.length === 0 && listed.before === 0 && !isNarrowed
  );
}

/** What makes a list one to tick: a row's name, the acts, and the ids of all that fit. */
interface Many<Row> {
  nameOf: (row: Row) => string;
  acts: ReactNode;
  all: () => Promise<string[]>;
}

/**
 * A list, a page at a time, with its search and filters; it says which rows of how many are shown.
 */
export function Rows<Row>(props: {
  caption: string;
  listed: Listed<Row>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  isQuiet?: (row: Row) => boolean;
  search?: { text: string; set: (text: string) => void };
  filters?: ReactNode;
  isFiltered?: boolean;
  clear?: () => void;
  empty: ReactNode;
  /** Rows can be ticked, and these acts hold for all that are. */
  many?: Many<Row> | undefined;
  /** Keeps search and filters also where the list is empty without them. */
  keepTools?: boolean;
}) {
  const { listed } = props;
  const isFiltered = props.isFiltered || (props.search?.text ?? '') !== '';
  const isEmpty = !listed.isLoading && !listed.failure && listed.rows.length === 0;
  // What could not be asked is not shown as none.
  const isUnknown = listed.failure !== undefined && listed.rows.length === 0;
  const top = useRef<HTMLDivElement>(null);
  const ticks = useTicks(listed, props.keyOf);
  const bar = props.many ? (
    <TickBar ticks={ticks} listed={listed} shown={listed.rows.map(props.keyOf)} {...props.many} />
  ) : null;
  if (isEmpty && !isFiltered && !props.keepTools) {
    return (
      <>
        {bar}
        {props.empty}
      </>
    );
  }
  return (
    <div className="rows" ref={top}>
      {props.search || props.filters ? (
        <search className="rows-tools">
          {props.search ? (
            <TextField
              type="search"
              label={t.frame.search}
              value={props.search.text}
              onChange={props.search.set}
            />
          ) : null}
          {props.filters}
        </search>
      ) : null}
      <Problem failure={listed.failure} again={listed.again} />
      {bar}
      {isUnknown ? null : <RowsBody {...props} ticks={ticks} isEmpty={isEmpty} isFiltered={isFiltered} />}
      {isEmpty || isUnknown ? null : <RowsFoot listed={listed} top={top} />}
    </div>
  );
}

function RowsBody<Row>(props: {
  caption: string;
  listed: Listed<Row>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  isQuiet?: (row: Row) => boolean;
  clear?: () => void;
  empty: ReactNode;
  isEmpty: boolean;
  isFiltered: boolean;
  many?: Many<Row> | undefined;
  ticks: Ticks;
}) {
  const { many, ticks, listed } = props;
  if (props.isEmpty) return props.isFiltered ? <NothingFits clear={props.clear} /> : props.empty;
  const ticking = many ? { ids: ticks.ids, nameOf: many.nameOf, toggle: ticks.toggle } : undefined;
  return <Table {...props} rows={listed.rows} {...(ticking ? { ticking } : {})} />;
}

function NothingFits({ clear }: { clear: (() => void) | undefined }) {
  return (
    <div className="empty">
      <p>{t.frame.nothingFits}</p>
      {clear ? (
        <Button kind="line" onPress={clear}>
          {t.frame.clearFilters}
        </Button>
      ) : null}
    </div>
  );
}

/** Which rows of how many are shown, and the way to the others. */
export function RowsFoot({
  listed,
  top,
}: {
  listed: Listed<unknown>;
  top: RefObject<HTMLDivElement | null>;
}) {
  const { before, rows, total, isMore, isBusy } = listed;
  if (listed.isLoading) return <p className="hint">{t.frame.loading}</p>;
  const turn = (turnPage: () => void) => () => {
    turnPage();
    top.current?.scrollIntoView();
  };
  return (
    <div className="rows-foot sans">
      <span role="status">{t.frame.showing(before, rows.length, isMore || before > 0, total)}</span>
      {before > 0 || isMore ? (
        <span className="acts">
          <Button kind="line" onPress={turn(listed.previous)} isOff={before === 0} isBusy={isBusy}>
            {t.frame.previous}
          </Button>
          <Button kind="line" onPress={turn(listed.next)} isOff={!isMore} isBusy={isBusy}>
            {t.frame.next}
          </Button>
        </span>
      ) : null}
    </div>
  );
}
