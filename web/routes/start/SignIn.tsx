import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { By } from '../../../device/index.ts';
import { actAs } from '../../api/acting.ts';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';
import { PasskeysElsewhere } from '../../passkeys/PasskeysElsewhere.tsx';
import { usePasskeyToComeIn } from '../../passkeys/use-passkeys.ts';
import { passkeysHere } from '../../passkeys/where.ts';
import { bring } from '../../sealed/brought.ts';
import { FromBefore } from '../../sealed/SetBack.tsx';
import { Entry } from './Entry.tsx';

export default function SignIn() {
  const signIn = useAct('sign-in');
  const byPasskey = useAct('sign-in-with-passkey');
  const passkey = usePasskeyToComeIn();
  const navigate = useNavigate();
  const [handle, setHandle] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const enter = (party: { handle: string } | undefined, by: By | undefined) => {
    if (!party) return;
    if (by) bring(party.handle, by);
    actAs(party.handle);
    navigate('/');
  };
  const submit = async () => {
    for (const other of [byPasskey, passkey]) other.forget();
    enter(await signIn.run({ handle, passphrase }), { passphrase });
  };
  const use = async () => {
    for (const other of [signIn, byPasskey]) other.forget();
    const used = await passkey.run();
    if (!used) return;
    const { told } = used;
    enter((await byPasskey.run(used.answer))?.party, told && { passkey: used.passkey, told });
  };
  return (
    <Entry title={t.start.signInTitle}>
      <Form
        failure={signIn.failure ?? passkey.failure ?? byPasskey.failure}
        onSubmit={() => void submit()}
        acts={
          <>
            <Button kind="act" type="submit" isBusy={signIn.isBusy}>
              {t.start.signIn}
            </Button>
            {passkeysHere() === 'yes' ? (
              <Button isBusy={passkey.isBusy || byPasskey.isBusy} onPress={() => void use()}>
                {t.devices.use}
              </Button>
            ) : null}
          </>
        }
      >
        <TextField
          name="handle"
          label={t.start.handle}
          hint={t.start.handleHint}
          value={handle}
          onChange={setHandle}
          autoComplete="username"
        />
        <SecretField
          name="passphrase"
          label={t.start.passphrase}
          value={passphrase}
          onChange={setPassphrase}
        />
      </Form>
      <div className="entry-ways sans">
        <FromBefore failure={signIn.failure} handle={handle} onDone={signIn.forget} />
        <PasskeysElsewhere />
        <p>
          {t.start.forgot} <Link to="/recover">{t.start.recoverLink}</Link>
        </p>
        <p>
          {t.start.newHere} <Link to="/start">{t.start.createLink}</Link>
        </p>
      </div>
    </Entry>
  );
}
