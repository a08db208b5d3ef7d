import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { State } from '../../components/figures.tsx';
import { RecoveryCode } from '../../components/RecoveryCode.tsx';
import { t } from '../../i18n/index.ts';

/** Shows the recovery code and asks for its last group, so that it is on paper before anything goes out. */
export function RecoveryStep({ isDone, onDone }: { isDone: boolean; onDone: () => void }) {
  const show = useAct('show-recovery-code');
  const [code, setCode] = useState<string>();
  const [passphrase, setPassphrase] = useState<string>();
  if (isDone) return <State mark="full">{t.accept.recoveryDone}</State>;
  const reveal = async () => {
    const shown = await show.run(passphrase === undefined ? {} : { passphrase });
    // Whoever did not just sign in says once more who they are.
    if (!shown) setPassphrase('');
    setCode(shown?.code);
  };
  return (
    <div className="stack">
      <p>{t.accept.recoveryLead}</p>
      {code === undefined ? (
        <Form
          failure={show.failure}
          onSubmit={() => void reveal()}
          acts={
            <Button type="submit" isBusy={show.isBusy} isOff={passphrase === ''}>
              {t.accept.recoveryShow}
            </Button>
          }
        >
          {passphrase === undefined ? null : (
            <SecretField
              name="passphrase"
              label={t.devices.addProof}
              value={passphrase}
              onChange={setPassphrase}
            />
          )}
        </Form>
      ) : (
        <RecoveryCode code={code} onDone={onDone} />
      )}
    </div>
  );
}
