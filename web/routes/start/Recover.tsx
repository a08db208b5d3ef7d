import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { actAs } from '../../api/acting.ts';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';
import { Entry } from './Entry.tsx';

export default function Recover() {
  const recover = useAct('recover-party');
  const navigate = useNavigate();
  const [handle, setHandle] = useState('');
  const [code, setCode] = useState('');
  const [newPassphrase, setNew] = useState('');
  const submit = async () => {
    const party = await recover.run({ handle, code, newPassphrase });
    if (!party) return;
    actAs(party.handle);
    navigate('/');
  };
  return (
    <Entry title={t.start.recoverTitle} lead={t.start.recoverLead}>
      <Form
        failure={recover.failure}
        onSubmit={() => void submit()}
        acts={
          <Button kind="act" type="submit" isBusy={recover.isBusy}>
            {t.start.recover}
          </Button>
        }
      >
        <TextField
          name="handle"
          label={t.start.handle}
          value={handle}
          onChange={setHandle}
          autoComplete="username"
        />
        <TextField name="code" label={t.start.code} hint={t.start.codeHint} value={code} onChange={setCode} />
        <SecretField
          name="newPassphrase"
          label={t.start.newPassphrase}
          hint={t.start.passphraseHint}
          value={newPassphrase}
          onChange={setNew}
          isNew
        />
      </Form>
      <p className="entry-ways sans">
        <Link to="/sign-in">{t.start.signIn}</Link>
      </p>
    </Entry>
  );
}
