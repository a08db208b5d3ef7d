import type { In } from '../../api/operations.ts';
import type { Place } from '../../api/shapes.ts';
import { CategoryFinder, CategoryName, PlaceFinder } from '../../components/Finder.tsx';
import { More } from '../../components/More.tsx';
import { SelectField } from '../../components/Select.tsx';
import { t } from '../../i18n/index.ts';

/** What holds for every row that does not say it itself. */
interface Defaults {
  place: Place | undefined;
  category: { id: string; path: string } | undefined;
  mode: 'first-come' | 'firm' | 'by-hand';
  how: 'pickup' | 'delivery' | 'post' | 'online' | 'at-yours';
}

export const NO_DEFAULTS: Defaults = {
  place: undefined,
  category: undefined,
  mode: 'first-come',
  how: 'pickup',
};

export function mappingOf({ place, category, mode, how }: Defaults): In<'import-listings'>['mapping'] {
  return {
    mode,
    delivery: { how },
    ...(place ? { place } : {}),
    ...(category ? { category: category.id } : {}),
  };
}

const MODES = ['first-come', 'firm', 'by-hand'] as const;
const WAYS = ['pickup', 'delivery', 'post', 'online', 'at-yours'] as const;

export function ImportDefaults({
  value,
  set,
}: {
  value: Defaults;
  set: (change: Partial<Defaults>) => void;
}) {
  return (
    <More title={t.desk.defaults}>
      <div className="form">
        <p className="hint">{t.desk.defaultsHint}</p>
        <div className="stack">
          {value.place ? <p>{value.place.label}</p> : null}
          <PlaceFinder label={t.desk.place} onChange={(place) => set({ place })} />
        </div>
        <div className="stack">
          {value.category ? <CategoryName path={value.category.path} /> : null}
          <CategoryFinder label={t.desk.category} onChange={(category) => set({ category })} />
        </div>
        <SelectField
          label={t.desk.mode}
          value={value.mode}
          onChange={(mode) => set({ mode: MODES.find((one) => one === mode) ?? 'first-come' })}
          options={MODES.map((one) => ({ value: one, label: t.desk.modes[one] }))}
        />
        <SelectField
          label={t.desk.delivery}
          value={value.how}
          onChange={(how) => set({ how: WAYS.find((one) => one === how) ?? 'pickup' })}
          options={WAYS.map((one) => ({ value: one, label: t.desk.ways[one] }))}
        />
      </div>
    </More>
  );
}
