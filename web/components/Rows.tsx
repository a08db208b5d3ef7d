import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react';
import type { Listed } from '../api/queries.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { TextField } from './Field.tsx';
import { Problem } from './Problem.tsx';
import { type Column, Table } from './Table.tsx';

/** A search text and the value to ask the server with, which follows a little later. */
export function useSearch(): { text: string; set: (text: string) => void; asked: string | undefined } {
  const [text, set] = useState('');
  const later = useDeferredValue(text.trim());
  return { text, set, asked: later === '' ? undefined : later };
}

/**
 * A list page after page, with its search and filters. It asks for more when its end comes into view and says
 * how many of how many are shown.
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
}) {
  const { listed } = props;
  const isFiltered = props.isFiltered || (props.search?.text ?? '') !== '';
  const isEmpty = !listed.isLoading && !listed.failure && listed.rows.length === 0;
  if (isEmpty && !isFiltered) return <>{props.empty}</>;
  return (
    <div className="rows">
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
      {isEmpty ? <NothingFits clear={props.clear} /> : <Table {...props} rows={listed.rows} />}
      <RowsFoot listed={listed} />
    </div>
  );
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

function RowsFoot({ listed }: { listed: Listed<unknown> }) {
  const end = useRef<HTMLDivElement>(null);
  const { isMore, isBusy, more } = listed;
  useEffect(() => {
    if (!isMore || isBusy || !end.current) return;
    const seen = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && more(),
    );
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [isMore, isBusy, more]);
  if (listed.isLoading) return <p className="hint">{t.frame.loading}</p>;
  return (
    <div className="rows-foot sans" ref={end} aria-live="polite">
      <span>{t.frame.showing(listed.rows.length, listed.total)}</span>
      {isMore ? (
        <Button kind="line" onPress={more} isBusy={isBusy}>
          {t.frame.showMore}
        </Button>
      ) : null}
    </div>
  );
}
