import { useAsk } from '../../api/queries.ts';
import { AmountField } from '../../components/AmountField.tsx';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Line } from '../../components/Line.tsx';
import { SelectField } from '../../components/Select.tsx';
import { t } from '../../i18n/index.ts';
import type { AskDraft, ListingProps } from './listing-draft.ts';

const NEW_ASK: AskDraft = { property: 'schema:email', purpose: '', days: '60' };

/** What the vendor asks of the buyer: the smallest budget, and the fields the deal needs. */
export function AsksRow({ form, set }: ListingProps) {
  const change = (at: number, part: Partial<AskDraft>) =>
    set({ asks: form.asks.map((ask, index) => (index === at ? { ...ask, ...part } : ask)) });
  return (
    <Line label={t.desk.demands}>
      <div className="stack">
        <AmountField
          name="demands.minBudget"
          label={`${t.desk.minBudget} (${t.frame.optional})`}
          value={form.minBudget}
          onChange={(minBudget) => set({ minBudget })}
        />
        {form.asks.map((ask, at) => (
          <AskLine
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and only the last is added
            key={at}
            ask={ask}
            at={at}
            change={(part) => change(at, part)}
            drop={() => set({ asks: form.asks.filter((_, index) => index !== at) })}
          />
        ))}
        <p className="hint">{t.desk.asksHint}</p>
        <Button kind="line" onPress={() => set({ asks: [...form.asks, NEW_ASK] })}>
          {t.desk.addAsk}
        </Button>
      </div>
    </Line>
  );
}

function AskLine(props: {
  ask: AskDraft;
  at: number;
  change: (part: Partial<AskDraft>) => void;
  drop: () => void;
}) {
  const properties = useAsk('list-properties', {}).data?.rows ?? [];
  const { ask, at, change } = props;
  return (
    <div className="ask-line">
      <SelectField
        name={`demands.asks.${at}.property`}
        label={t.desk.askWhat}
        value={ask.property}
        onChange={(property) => change({ property })}
        options={properties.map((one) => ({ value: one.property, label: one.label }))}
      />
      <TextField
        name={`demands.asks.${at}.purpose`}
        label={t.desk.askWhy}
        value={ask.purpose}
        onChange={(purpose) => change({ purpose })}
      />
      <TextField
        type="number"
        min="1"
        name={`demands.asks.${at}.days`}
        label={t.desk.askDays}
        value={ask.days}
        onChange={(days) => change({ days })}
      />
      <Button kind="line" label={`${t.terms.takeOut}: ${t.desk.askWhat} ${at + 1}`} onPress={props.drop}>
        {t.terms.takeOut}
      </Button>
    </div>
  );
}
