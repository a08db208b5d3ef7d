import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { CategoryFinder, CategoryName } from '../../components/Finder.tsx';
import { Line } from '../../components/Line.tsx';
import { t } from '../../i18n/index.ts';
import type { ChangeFields } from './want-draft.ts';

/** The reader's first proposals, and a search for when none of them is meant. */
export function CategoryRow(props: {
  category: string;
  proposals: readonly { id: string; path: string }[];
  onChange: ChangeFields;
}) {
  const [isFinding, find] = useState(props.proposals.length === 0);
  const [found, setFound] = useState<{ id: string; path: string }[]>([]);
  const known = [...props.proposals, ...found];
  return (
    <Line label={t.wants.category}>
      {known.length === 0 ? <p className="hint">{t.wants.categoryNone}</p> : null}
      <Choices
        label={t.wants.category}
        isHiddenLabel
        value={props.category || null}
        choices={known.map((row) => ({ value: row.id, label: <CategoryName path={row.path} /> }))}
        onChange={(category) => props.onChange({ category })}
      />
      {isFinding ? (
        <CategoryFinder
          label={t.wants.categorySearch}
          onChange={(row) => {
            if (!known.some((one) => one.id === row.id)) setFound([...found, row]);
            props.onChange({ category: row.id });
            find(false);
          }}
        />
      ) : (
        <Button kind="line" onPress={() => find(true)}>
          {t.wants.findCategory}
        </Button>
      )}
    </Line>
  );
}
