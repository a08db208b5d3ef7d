import { type ReactNode, useState } from 'react';
import { useAsk } from '../api/queries.ts';
import type { Place } from '../api/shapes.ts';
import { t } from '../i18n/index.ts';
import { Choices } from './Choices.tsx';
import { TextField } from './Field.tsx';
import { useSettled } from './settled.ts';

const LETTERS = 2;
const SHOWN = 8;

/** "A > B > C" with its own name first and where it stands after it. */
export function CategoryName({ path }: { path: string }) {
  const parts = path.split(' > ');
  const name = parts.pop() ?? path;
  return (
    <span>
      {name} {parts.length > 0 ? <span className="hint">{parts.join(' › ')}</span> : null}
    </span>
  );
}

interface FinderProps<Row> {
  label: string;
  hint?: string;
  onChange: (row: Row) => void;
}

/** Looks a category up by a word or two. */
export function CategoryFinder(props: FinderProps<{ id: string; path: string }>) {
  const typed = useTyped();
  const found = useAsk('find-categories', { search: typed.search }, { off: typed.isShort, keep: true });
  return (
    <Found
      {...props}
      typed={typed}
      rows={found.data?.rows ?? []}
      keyOf={(row) => row.id}
      show={(row) => <CategoryName path={row.path} />}
      nothing={t.wants.noCategories}
    />
  );
}

/** Looks a place up by any of its names. */
export function PlaceFinder(props: FinderProps<Place>) {
  const typed = useTyped();
  const found = useAsk('find-places', { search: typed.search }, { off: typed.isShort, keep: true });
  return (
    <Found
      {...props}
      typed={typed}
      rows={found.data?.rows ?? []}
      keyOf={(row) => row.id}
      show={(row) => row.label}
      nothing={t.wants.noPlaces}
    />
  );
}

/** Looks a vendor of the sample market up by a part of its name. */
export function VendorFinder(props: FinderProps<{ handle: string; name: string }>) {
  const typed = useTyped();
  const found = useAsk('sample-status', { search: typed.search }, { off: typed.isShort, keep: true });
  return (
    <Found
      {...props}
      typed={typed}
      rows={found.data?.vendors ?? []}
      keyOf={(row) => row.handle}
      show={(row) => row.name}
      nothing={t.settings.noVendors}
    />
  );
}

interface Typed {
  text: string;
  set: (text: string) => void;
  search: string;
  isShort: boolean;
}

function useTyped(): Typed {
  const [text, set] = useState('');
  const search = useSettled(text.trim());
  return { text, set, search, isShort: search.length < LETTERS };
}

function Found<Row>(
  props: FinderProps<Row> & {
    typed: Typed;
    rows: readonly Row[];
    keyOf: (row: Row) => string;
    show: (row: Row) => ReactNode;
    nothing: string;
  },
) {
  const { typed, rows, keyOf } = props;
  const choose = (key: string) => {
    const row = rows.find((candidate) => keyOf(candidate) === key);
    if (row !== undefined) props.onChange(row);
    typed.set('');
  };
  return (
    <div className="finder">
      <TextField label={props.label} hint={props.hint} value={typed.text} onChange={typed.set} />
      {typed.isShort ? null : (
        <Choices
          label={props.label}
          isHiddenLabel
          value={null}
          choices={rows.slice(0, SHOWN).map((row) => ({ value: keyOf(row), label: props.show(row) }))}
          onChange={choose}
        />
      )}
      <p className="hint" role="status">
        {!typed.isShort && rows.length === 0 ? props.nothing : ''}
      </p>
    </div>
  );
}
