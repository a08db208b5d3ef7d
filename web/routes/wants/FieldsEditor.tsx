import type { Draft, IntentFields } from '../../api/shapes.ts';
import { AmountField } from '../../components/AmountField.tsx';
import { Either } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { Line } from '../../components/Line.tsx';
import { civilToday } from '../../components/now.ts';
import { t } from '../../i18n/index.ts';
import { AttributesRow } from './AttributesRow.tsx';
import { CategoryRow } from './CategoryRow.tsx';
import { GiveRow } from './GiveRow.tsx';
import { PlaceRow } from './PlaceRow.tsx';
import { TermsRow } from './TermsRow.tsx';
import type { ChangeFields } from './want-draft.ts';

/** Every field of a want, each on its line. */
export function FieldsEditor(props: { fields: IntentFields; reading: Draft; onChange: ChangeFields }) {
  const { fields, reading, onChange } = props;
  return (
    <div className="sheet">
      <Line label={t.wants.kind}>
        <Either
          label={t.wants.kind}
          value={fields.kind}
          choices={[
            { value: 'goods', label: t.wants.kinds.goods },
            { value: 'service', label: t.wants.kinds.service },
          ]}
          onChange={(kind) => onChange({ kind: kind === 'service' ? 'service' : 'goods' })}
        />
      </Line>
      <CategoryRow category={fields.category} proposals={reading.categories} onChange={onChange} />
      <PlaceRow fields={fields} onChange={onChange} />
      <BudgetRow fields={fields} onChange={onChange} />
      <GiveRow give={fields.give} onChange={onChange} />
      <WindowRow fields={fields} onChange={onChange} />
      <Line label={t.wants.quantity}>
        <TextField
          type="number"
          label={t.wants.quantity}
          isHiddenLabel
          min="1"
          value={String(fields.quantity)}
          onChange={(text) => onChange({ quantity: Math.max(1, Math.trunc(Number(text)) || 1) })}
        />
      </Line>
      <AttributesRow attributes={fields.attributes} onChange={onChange} />
      <TermsRow required={fields.requiredTerms} onChange={onChange} />
    </div>
  );
}

function BudgetRow({ fields, onChange }: { fields: IntentFields; onChange: ChangeFields }) {
  const { budget } = fields;
  return (
    <Line label={t.wants.budget}>
      <div className="line-pair">
        <AmountField
          name="fields.budget.max.value"
          label={t.wants.budgetMax}
          value={budget?.max}
          onChange={(max) =>
            onChange({ budget: { ...budgetWithout(budget, 'max'), ...(max ? { max } : {}) } })
          }
        />
        <AmountField
          name="fields.budget.min.value"
          label={t.wants.budgetMin}
          value={budget?.min}
          unit={budget?.max?.unit ?? 'EUR'}
          onChange={(min) =>
            onChange({ budget: { ...budgetWithout(budget, 'min'), ...(min ? { min } : {}) } })
          }
        />
      </div>
    </Line>
  );
}

function budgetWithout(
  budget: IntentFields['budget'],
  side: 'max' | 'min',
): NonNullable<IntentFields['budget']> {
  const rest = { ...budget };
  delete rest[side];
  return rest;
}

function WindowRow({ fields, onChange }: { fields: IntentFields; onChange: ChangeFields }) {
  const today = civilToday();
  const { window } = fields;
  const set = (side: 'from' | 'until', date: string) => {
    const next = { ...window };
    if (date === '') delete next[side];
    else next[side] = date;
    onChange({ window: next });
  };
  const isPast = window?.until !== undefined && window.until < today;
  return (
    <Line label={t.wants.when}>
      <div className="line-pair">
        <TextField
          type="date"
          label={t.wants.until}
          min={today}
          name="fields.window.until"
          value={window?.until ?? ''}
          onChange={(date) => set('until', date)}
          wrong={isPast ? t.wants.pastDate : undefined}
        />
        <TextField
          type="date"
          label={t.wants.from}
          name="fields.window.from"
          value={window?.from ?? ''}
          onChange={(date) => set('from', date)}
        />
      </div>
    </Line>
  );
}
