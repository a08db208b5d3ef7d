import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { usePasskeyAnswer } from '../../passkeys/use-passkeys.ts';

/** With the passphrase until now, or, when it is forgotten, with a passkey that opens the keys. */
export function ChangePassphrase({ hasPasskey }: { hasPasskey: boolean }) {
  const change = useAct('change-passphrase');
  const reset = useAct('reset-passphrase');
  const passkey = usePasskeyAnswer(true);
  const say = useSay();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const submit = async () => {
    const changed = await change.run({ old, new: next });
    if (!changed) return;
    setOld('');
    setNext('');
    say({ text: t.settings.changed(changed.endedSessions, changed.otherWays) });
  };
  const forgotten = async () => {
    change.forget();
    const again = await passkey.run();
    if (!again || !(await reset.run({ again, newPassphrase: next }))) return;
    setOld('');
    setNext('');
    say({ text: t.devices.reset });
  };
  const isBusy = change.isBusy || reset.isBusy || passkey.isBusy;
  return (
    <Form
      failure={change.failure ?? reset.failure ?? passkey.failure}
      onSubmit={() => void submit()}
      acts={
        <>
          <Button kind="act" type="submit" isBusy={isBusy} isOff={old === '' || next === ''}>
            {t.settings.change}
          </Button>
          {hasPasskey ? (
            <Button isBusy={isBusy} isOff={next === ''} onPress={() => void forgotten()}>
              {t.devices.resetByPasskey}
            </Button>
          ) : null}
        </>
      }
    >
      <p>
        {t.settings.changeLead} <Link to="/settings">{t.settings.title}</Link>.
      </p>
      <SecretField name="old" label={t.settings.old} value={old} onChange={setOld} />
      <SecretField
        name={reset.failure ? 'newPassphrase' : 'new'}
        label={t.settings.next}
        hint={t.start.passphraseHint}
        value={next}
        onChange={setNext}
        isNew
      />
    </Form>
  );
}
