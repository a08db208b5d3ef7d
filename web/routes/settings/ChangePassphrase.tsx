import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

export function ChangePassphrase() {
  const change = useAct('change-passphrase');
  const say = useSay();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const submit = async () => {
    const changed = await change.run({ old, new: next });
    if (!changed) return;
    setOld('');
    setNext('');
    say({ text: t.settings.changed(changed.endedSessions) });
  };
  return (
    <Form
      failure={change.failure}
      onSubmit={() => void submit()}
      acts={
        <Button kind="act" type="submit" isBusy={change.isBusy} isOff={old === '' || next === ''}>
          {t.settings.change}
        </Button>
      }
    >
      <SecretField name="old" label={t.settings.old} value={old} onChange={setOld} />
      <SecretField
        name="new"
        label={t.settings.next}
        hint={t.start.passphraseHint}
        value={next}
        onChange={setNext}
        isNew
      />
    </Form>
  );
}
