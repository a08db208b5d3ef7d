import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** Asks another node for its markets, by its name. */
export function AddMarket({ onAdded }: { onAdded: (id: string) => void }) {
  const add = useAct('add-market');
  const say = useSay();
  const [host, setHost] = useState('');
  const submit = async () => {
    const added = await add.run({ host });
    const [first] = added?.rows ?? [];
    if (!first) return;
    setHost('');
    say({ text: first.isNew ? t.market.added(first.name) : t.market.known(first.name) });
    onAdded(first.id);
  };
  return (
    <Form
      failure={add.failure}
      onSubmit={() => void submit()}
      acts={
        <Button kind="act" type="submit" isBusy={add.isBusy} isOff={host.trim() === ''}>
          {t.market.add}
        </Button>
      }
    >
      <TextField
        name="host"
        label={t.market.host}
        hint={t.market.hostHint}
        value={host}
        onChange={setHost}
        maxLength={260}
      />
    </Form>
  );
}
