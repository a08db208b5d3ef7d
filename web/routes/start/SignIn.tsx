import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { actAs } from '../../api/acting.ts';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';
import { Entry } from './Entry.tsx';

export default function SignIn() {
  const signIn = useAct('sign-in');
  const navigate = useNavigate();
  const [handle, setHandle] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const submit = async () => {
    const party = await signIn.run({ handle, passphrase });
    if (!party) return;
    actAs(party.handle);
    navigate('/');
  };
  return (
    <Entry title={t.start.signInTitle}>
      <Form
        failure={signIn.failure}
        onSubmit={() => void submit()}
        acts={
          <Button kind="act" type="submit" isBusy={signIn.isBusy}>
            {t.start.signIn}
          </Button>
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
