import { useState } from 'react';
import { useAsk } from '../api/queries.ts';
import type { Place } from '../api/shapes.ts';
import { t } from '../i18n/index.ts';
import { Choices } from './Choices.tsx';
import { TextField } from './Field.tsx';
import { useSettled } from './settled.ts';

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

/** Looks a category up by a word or two. */
export function CategoryFinder(props: {
  label: string;
  onChange: (category: { id: string; path: string }) => void;
}) {
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const found =
    useAsk('find-categories', { search }, { off: search.length < 2, keep: true }).data?.rows ?? [];
  return (
    <div className="finder">
      <TextField label={props.label} value={text} onChange={setText} />
      {search.length < 2 ? null : (
        <Choices
          label={props.label}
          isHiddenLabel
          value={null}
          choices={found
            .slice(0, 8)
            .map((row) => ({ value: row.id, label: <CategoryName path={row.path} /> }))}
          onChange={(id) => {
            const row = found.find((candidate) => candidate.id === id);
            if (row) props.onChange(row);
            setText('');
          }}
        />
      )}
      <Nothing is={search.length >= 2 && found.length === 0} text={t.wants.noCategories} />
    </div>
  );
}

/** Looks a place up by any of its names. */
export function PlaceFinder(props: { label: string; onChange: (place: Place) => void }) {
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const found = useAsk('find-places', { search }, { off: search.length < 2, keep: true }).data?.rows ?? [];
  return (
    <div className="finder">
      <TextField label={props.label} value={text} onChange={setText} />
      {search.length < 2 ? null : (
        <Choices
          label={props.label}
          isHiddenLabel
          value={null}
          choices={found.slice(0, 8).map((row) => ({ value: row.id, label: row.label }))}
          onChange={(id) => {
            const row = found.find((candidate) => candidate.id === id);
            if (row) props.onChange(row);
            setText('');
          }}
        />
      )}
      <Nothing is={search.length >= 2 && found.length === 0} text={t.wants.noPlaces} />
    </div>
  );
}

function Nothing({ is, text }: { is: boolean; text: string }) {
  return (
    <p className="hint" role="status">
      {is ? text : ''}
    </p>
  );
}
