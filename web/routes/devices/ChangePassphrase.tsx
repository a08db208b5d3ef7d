import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { usePasskeyAnswer } from '../../passkeys/use-passkeys.ts';
import { useChangeHere } from '../../sealed/use-passphrases.ts';
import { useResetHere } from '../../sealed/use-reset.ts';
import { useSealed } from '../../sealed/use-sealed.ts';

/** With the passphrase until now, or, when it is forgotten, with a passkey that opens the keys. */
export function ChangePassphrase({ hasPasskey }: { hasPasskey: boolean }) {
  const acts = useActs();
  const say = useSay();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const done = (text: string | false | undefined) => {
    if (!text) return;
    setOld('');
    setNext('');
    say({ text });
  };
  return (
    <Form
      failure={acts.failure}
      onSubmit={async () => done(await acts.change(old, next))}
      acts={
        <>
          <Button kind="act" type="submit" isBusy={acts.isBusy} isOff={old === '' || next === ''}>
            {t.settings.change}
          </Button>
          {hasPasskey ? (
            <Button
              isBusy={acts.isBusy}
              isOff={next === ''}
              onPress={async () => done(await acts.forgotten(next))}
            >
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
        name={acts.nextField}
        label={t.settings.next}
        hint={t.start.passphraseHint}
        value={next}
        onChange={setNext}
        isNew
      />
    </Form>
  );
}

/** What each way of changing it says when it is done. Of whoever has sealed something, the passphrase changes here too. */
function useActs() {
  const isBegun = useSealed().shown?.vault !== undefined;
  const change = useAct('change-passphrase');
  const changeHere = useChangeHere();
  const reset = useAct('reset-passphrase');
  const resetHere = useResetHere();
  const passkey = usePasskeyAnswer();
  const all = [change, changeHere, reset, resetHere, passkey];
  const forget = () => {
    for (const one of all) one.forget();
  };
  const byPassphrase = async (old: string, next: string) => {
    forget();
    if (isBegun) return (await changeHere.run(old, next)) && t.keeping.changeSealed;
    const changed = await change.run({ old, new: next });
    return changed && t.settings.changed(changed.endedSessions, changed.otherWays);
  };
  const byPasskey = async (newPassphrase: string) => {
    forget();
    if (isBegun) return (await resetHere.run(newPassphrase)) && t.devices.reset;
    const again = await passkey.run();
    return again && (await reset.run({ again, newPassphrase })) && t.devices.reset;
  };
  return {
    change: byPassphrase,
    forgotten: byPasskey,
    failure: all.find((one) => one.failure)?.failure,
    isBusy: all.some((one) => one.isBusy),
    nextField: change.failure ? 'new' : 'newPassphrase',
  };
}
