import type { IntentFields } from '../../api/shapes.ts';
import { AmountField } from '../../components/AmountField.tsx';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Line } from '../../components/Line.tsx';
import { t } from '../../i18n/index.ts';
import type { ChangeFields } from './want-draft.ts';

/** What I give instead of money: hours, goods, a favour. */
export function GiveRow({ give, onChange }: { give: IntentFields['give']; onChange: ChangeFields }) {
  return (
    <Line label={t.wants.give}>
      {give ? (
        <div className="stack">
          <div className="line-pair">
            <TextField
              label={t.wants.giveWhat}
              name="fields.give.what"
              value={give.what}
              onChange={(what) => onChange({ give: { ...give, what } })}
            />
            <AmountField
              label={t.wants.giveHowMuch}
              name="fields.give.value"
              value={give}
              onChange={(amount) => onChange({ give: { ...give, ...(amount ?? { value: '0' }) } })}
            />
          </div>
          <Button kind="line" onPress={() => onChange({ give: undefined })}>
            {t.wants.dropGive}
          </Button>
        </div>
      ) : (
        <Button kind="line" onPress={() => onChange({ give: { unit: 'hours', value: '60', what: '' } })}>
          {t.wants.addGive}
        </Button>
      )}
    </Line>
  );
}
