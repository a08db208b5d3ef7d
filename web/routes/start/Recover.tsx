import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { actAs } from '../../api/acting.ts';
import { ask } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useWork } from '../../api/work.ts';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { SecretField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';
import { Entry } from './Entry.tsx';

type By = 'code' | 'shares';

async function adoptByCode(
  whose: { home: string; handle: string },
  recoveryCode: string,
  passphrase: string,
) {
  const { vault } = await ask('show-vault', {});
  if (!vault) return;
  const { adoptHere } = await import('../../sealed/passphrases.ts');
  await adoptHere(whose, { recoveryCode }, passphrase);
}

/** Back in from paper: with the recovery code, or with two shares of three. */
export default function Recover() {
  const byCode = useAct('recover-party');
  const byShares = useAct('recover-with-shares');
  const adopt = useWork(adoptByCode);
  const navigate = useNavigate();
  const [by, setBy] = useState<By>('code');
  const [form, setForm] = useState({ handle: '', code: '', first: '', second: '', newPassphrase: '' });
  const set = (name: keyof typeof form) => (value: string) => setForm({ ...form, [name]: value });
  const submit = async () => {
    const { handle, code, first, second, newPassphrase } = form;
    const party =
      by === 'code'
        ? await byCode.run({ handle, code, newPassphrase })
        : await byShares.run({ handle, first, second, newPassphrase });
    if (!party) return;
    actAs(party.handle);
    // What only devices open takes the new passphrase too. Where that fails, the list of devices says so, and lets one try again.
    if (by === 'code') await adopt.run({ home: party.id, handle: party.handle }, code, newPassphrase);
    // What was lost is still on the list of devices: that is the first thing to look at.
    navigate('/settings/devices');
  };
  const act = by === 'code' ? byCode : byShares;
  return (
    <Entry
      title={t.start.recoverTitle}
      lead={by === 'code' ? t.start.recoverLead : t.devices.sharesRecoverLead}
    >
      <Form
        failure={act.failure}
        onSubmit={() => void submit()}
        acts={
          <Button kind="act" type="submit" isBusy={act.isBusy || adopt.isBusy}>
            {t.start.recover}
          </Button>
        }
      >
        <Choices
          label={t.devices.how}
          value={by}
          choices={[
            { value: 'code', label: t.devices.byCode },
            { value: 'shares', label: t.devices.byShares },
          ]}
          onChange={(value) => setBy(value === 'shares' ? 'shares' : 'code')}
        />
        <TextField
          name="handle"
          label={t.start.handle}
          value={form.handle}
          onChange={set('handle')}
          autoComplete="username"
        />
        <Codes by={by} form={form} set={set} />
        <SecretField
          name="newPassphrase"
          label={t.start.newPassphrase}
          hint={t.start.passphraseHint}
          value={form.newPassphrase}
          onChange={set('newPassphrase')}
          isNew
        />
      </Form>
      <p className="entry-ways sans">
        <Link to="/sign-in">{t.start.signIn}</Link>
      </p>
    </Entry>
  );
}

type Paper = 'code' | 'first' | 'second';

function Codes(props: {
  by: By;
  form: Readonly<Record<Paper, string>>;
  set: (name: Paper) => (value: string) => void;
}) {
  const { by, form, set } = props;
  const papers: readonly (readonly [Paper, string, string])[] =
    by === 'code'
      ? [['code', t.start.code, t.start.codeHint]]
      : [
          ['first', t.devices.first, t.devices.shareHint],
          ['second', t.devices.second, t.devices.shareHint],
        ];
  return papers.map(([name, label, hint]) => (
    <TextField key={name} name={name} label={label} hint={hint} value={form[name]} onChange={set(name)} />
  ));
}
