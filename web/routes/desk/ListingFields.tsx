import { useState } from 'react';
import { useAsk } from '../../api/queries.ts';
import { AmountField } from '../../components/AmountField.tsx';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { CategoryFinder, CategoryName, PlaceFinder } from '../../components/Finder.tsx';
import { Line } from '../../components/Line.tsx';
import { civilToday } from '../../components/now.ts';
import { SelectField } from '../../components/Select.tsx';
import { t } from '../../i18n/index.ts';
import { AttributesRow } from '../wants/AttributesRow.tsx';
import { AcceptsRow } from './AcceptsRow.tsx';
import { AsksRow } from './AsksRow.tsx';
import type { ListingProps } from './listing-draft.ts';
import { TakesRow } from './TakesRow.tsx';

const MODES = ['first-come', 'firm', 'by-hand'] as const;
const REACHES = ['local', 'country', 'continent', 'world'] as const;
const WAYS = ['pickup', 'delivery', 'post', 'online', 'at-yours'] as const;

/** Every field of a listing on its line, in the order in which one thinks of them. */
export function ListingFields({ form, set }: ListingProps) {
  return (
    <div className="sheet">
      <Line label={t.desk.titleField}>
        <TextField
          name="title"
          label={t.desk.titleField}
          isHiddenLabel
          value={form.title}
          onChange={(title) => set({ title })}
          maxLength={200}
        />
      </Line>
      <CategoryLine form={form} set={set} />
      <PriceLine form={form} set={set} />
      <TakesRow form={form} set={set} />
      <Line label={t.desk.mode}>
        <Choices
          label={t.desk.mode}
          isHiddenLabel
          value={form.mode}
          choices={MODES.map((value) => ({
            value,
            label: t.desk.modes[value],
            about: t.desk.modesAbout[value],
          }))}
          onChange={(mode) => set({ mode: MODES.find((one) => one === mode) ?? 'first-come' })}
        />
      </Line>
      <PlaceLine form={form} set={set} />
      <DeliveryLine form={form} set={set} />
      <AttributesRow
        attributes={form.attributes}
        onChange={(change) => set({ attributes: change.attributes ?? {} })}
      />
      <AcceptsRow form={form} set={set} />
      <AsksRow form={form} set={set} />
      <Line label={t.desk.untilDay}>
        <TextField
          type="date"
          name="until"
          label={t.desk.untilDay}
          isHiddenLabel
          min={civilToday(1)}
          value={form.until}
          onChange={(until) => set({ until })}
        />
      </Line>
    </div>
  );
}

function CategoryLine({ form, set }: ListingProps) {
  const [isFinding, find] = useState(form.category === undefined);
  return (
    <Line label={t.desk.category}>
      {form.category ? (
        <p className="line-value">
          <CategoryOf category={form.category} />
        </p>
      ) : null}
      {isFinding ? (
        <CategoryFinder
          label={form.category ? t.wants.categorySearch : t.desk.categoryFind}
          onChange={(category) => {
            set({ category });
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

/** A listing that is opened again knows its category by id only; its name is looked up. */
function CategoryOf({ category }: { category: { id: string; path: string } }) {
  const isNamed = category.path !== category.id;
  const known = useAsk('find-categories', { search: category.id }, { off: isNamed }).data?.rows;
  return <CategoryName path={known?.find((row) => row.id === category.id)?.path ?? category.path} />;
}

function PriceLine({ form, set }: ListingProps) {
  return (
    <Line label={t.desk.priceAndStock}>
      <div className="line-pair">
        <AmountField
          name="price"
          label={t.desk.price}
          value={form.price}
          onChange={(price) => set({ price })}
        />
        <TextField
          type="number"
          min="0"
          name="stock"
          label={t.desk.stock}
          value={form.stock}
          onChange={(stock) => set({ stock })}
        />
      </div>
    </Line>
  );
}

function PlaceLine({ form, set }: ListingProps) {
  return (
    <Line label={t.desk.place}>
      <div className="stack">
        {form.place ? <p className="line-value">{form.place.label}</p> : null}
        <PlaceFinder
          label={form.place ? t.wants.placeSearch : t.desk.placeFind}
          onChange={(place) => set({ place })}
        />
        <div className="line-pair">
          <SelectField
            label={t.desk.reach}
            value={form.reach}
            onChange={(reach) => set({ reach: REACHES.find((one) => one === reach) ?? 'local' })}
            options={REACHES.map((value) => ({ value, label: t.desk.reaches[value] }))}
          />
          {form.reach === 'local' ? (
            <TextField
              type="number"
              min="1"
              name="reach.km"
              label={t.desk.reachKm}
              value={form.km}
              onChange={(km) => set({ km })}
            />
          ) : null}
        </div>
      </div>
    </Line>
  );
}

function DeliveryLine({ form, set }: ListingProps) {
  return (
    <Line label={t.offers.delivery}>
      <div className="line-pair">
        <SelectField
          label={t.desk.delivery}
          value={form.how}
          onChange={(how) => set({ how: WAYS.find((one) => one === how) ?? 'pickup' })}
          options={WAYS.map((value) => ({ value, label: t.desk.ways[value] }))}
        />
        <TextField
          type="number"
          min="0"
          name="delivery.days"
          label={`${t.desk.deliveryDays} (${t.frame.optional})`}
          value={form.days}
          onChange={(days) => set({ days })}
        />
      </div>
    </Line>
  );
}
