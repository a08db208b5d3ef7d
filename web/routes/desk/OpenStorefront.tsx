import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { marketLabel } from '../../components/Reached.tsx';
import { SelectField } from '../../components/Select.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

export function OpenStorefront() {
  const open = useAct('open-storefront');
  const say = useSay();
  const markets = useAsk('list-markets', {}).data?.rows ?? [];
  const [name, setName] = useState('');
  const [market, setMarket] = useState('');
  const submit = async () => {
    if (await open.run({ name, ...(market ? { market } : {}) })) say({ text: t.desk.opened });
  };
  return (
    <div className="empty">
      <h2>{t.desk.openTitle}</h2>
      <p>{t.desk.openLead}</p>
      {markets.length === 0 ? <p>{t.market.empty}</p> : null}
      <Form
        failure={open.failure}
        onSubmit={() => void submit()}
        acts={
          <Button
            kind="act"
            type="submit"
            isBusy={open.isBusy}
            isOff={name.trim() === '' || markets.length === 0}
          >
            {t.desk.open}
          </Button>
        }
      >
        <TextField name="name" label={t.desk.openName} value={name} onChange={setName} maxLength={200} />
        {markets.length > 1 ? (
          <SelectField
            name="market"
            label={t.desk.openMarket}
            value={market || (markets[0]?.id ?? '')}
            onChange={setMarket}
            options={markets.map((one) => ({
              value: one.id,
              label: marketLabel(one),
            }))}
          />
        ) : null}
      </Form>
    </div>
  );
}
