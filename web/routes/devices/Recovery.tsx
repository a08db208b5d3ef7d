import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { Party } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { State } from '../../components/figures.tsx';
import { RecoveryCode } from '../../components/RecoveryCode.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** The code until it is written down; after that, with the passphrase, a new one in its place. */
export function Recovery({ party }: { party: Party }) {
  const show = useAct('show-recovery-code');
  const say = useSay();
  const [code, setCode] = useState<string>();
  const [passphrase, setPassphrase] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isSeen = party.recovery === 'shown';
  const isProven = isSeen || isAsked;
  const reveal = async () => {
    const shown = await show.run(isProven ? { passphrase } : {});
    setPassphrase('');
    // Whoever did not just sign in says once more who they are.
    setAsked(!shown);
    setCode(shown?.code);
  };
  const done = () => {
    setCode(undefined);
    say({ text: t.accept.recoveryDone });
  };
  return (
    <div className="stack">
      {isSeen ? (
        <State mark="full">{t.settings.recoverySeen}</State>
      ) : (
        <State mark="bad">{t.settings.recoveryUnseen}</State>
      )}
      {code === undefined ? (
        <Form
          failure={show.failure}
          onSubmit={() => void reveal()}
          acts={
            <Button type="submit" isBusy={show.isBusy} isOff={isProven && passphrase === ''}>
              {isSeen ? t.settings.recoveryNew : t.settings.recoveryShow}
            </Button>
          }
        >
          {isProven ? (
            <SecretField
              name="passphrase"
              label={isSeen ? t.settings.old : t.devices.addProof}
              hint={isSeen ? t.settings.recoveryUsed : undefined}
              value={passphrase}
              onChange={setPassphrase}
            />
          ) : null}
        </Form>
      ) : (
        <RecoveryCode code={code} onDone={done} />
      )}
    </div>
  );
}
