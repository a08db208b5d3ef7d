import { AmountField } from '../../components/AmountField.tsx';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Line } from '../../components/Line.tsx';
import { t } from '../../i18n/index.ts';
import type { ListingProps } from './listing-draft.ts';

/** Hours, goods or a favour that the vendor takes instead of the price. */
export function TakesRow({ form, set }: ListingProps) {
  const { takes } = form;
  if (!takes) {
    return (
      <Line label={t.desk.takes}>
        <Button kind="line" onPress={() => set({ takes: { unit: 'hours', value: '60', what: '' } })}>
          {t.desk.addTakes}
        </Button>
      </Line>
    );
  }
  return (
    <Line label={t.desk.takes}>
      <div className="line-pair">
        <TextField
          name="takes.0.what"
          label={t.wants.giveWhat}
          value={takes.what}
          onChange={(what) => set({ takes: { ...takes, what } })}
        />
        <AmountField
          name="takes.0.value"
          label={t.wants.giveHowMuch}
          value={takes}
          onChange={(amount) => set({ takes: { ...takes, ...(amount ?? { value: '0' }) } })}
        />
      </div>
      <Button kind="line" onPress={() => set({ takes: undefined })}>
        {t.wants.dropGive}
      </Button>
    </Line>
  );
}
