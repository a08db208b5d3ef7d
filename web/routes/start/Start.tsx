import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { actAs } from '../../api/acting.ts';
import { useAct, useAsk } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';
import { Entry } from './Entry.tsx';

const PASSPHRASE_MIN = 10;

/** The first page: a name and a passphrase, nothing else. */
export default function Start() {
  return (
    <Entry title={t.start.title} lead={t.start.lead} beside={<Picture />}>
      <CreateParty />
      <OtherWays />
    </Entry>
  );
}

function CreateParty() {
  const create = useAct('create-party');
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [isShort, setShort] = useState(false);
  const submit = async () => {
    const tooShort = passphrase.length < PASSPHRASE_MIN;
    setShort(tooShort);
    if (tooShort) return;
    const party = await create.run({ name, passphrase });
    if (!party) return;
    actAs(party.handle);
    navigate('/start/sample');
  };
  return (
    <Form
      failure={create.failure}
      onSubmit={() => void submit()}
      acts={
        <>
          <Button kind="act" type="submit" isBusy={create.isBusy}>
            {t.start.create}
          </Button>
          <span className="hint">{t.start.partyExplained}</span>
        </>
      }
    >
      <TextField
        name="name"
        label={t.start.name}
        hint={t.start.nameHint}
        value={name}
        onChange={setName}
        autoComplete="nickname"
        maxLength={200}
      />
      <SecretField
        name="passphrase"
        label={t.start.passphrase}
        hint={t.start.passphraseHint}
        wrong={isShort && passphrase.length < PASSPHRASE_MIN ? t.start.passphraseShort : undefined}
        value={passphrase}
        onChange={setPassphrase}
        isNew
      />
    </Form>
  );
}

function OtherWays() {
  const who = useAsk('who-am-i', {}).data;
  return (
    <div className="entry-ways sans">
      {who && !who.isFresh ? (
        <p>
          {t.start.haveOne} <Link to="/sign-in">{t.start.signIn}</Link>
        </p>
      ) : null}
      <p>
        {t.start.moved} <Link to="/start/import">{t.start.importLink}</Link>
      </p>
    </div>
  );
}

/** The picture of the whole program: what stands on my side, and what the other side gets of it. */
function Picture() {
  return (
    <figure className="picture">
      <table className="ledger" data-sides>
        <caption>{t.start.pictureTitle}</caption>
        <thead>
          <tr>
            <th scope="col" className="mine fold">
              {t.start.mine}
            </th>
            <th scope="col" className="theirs">
              {t.start.theirs}
            </th>
          </tr>
        </thead>
        <tbody>
          {t.start.picture.map(([mine, theirs]) => (
            <tr key={mine}>
              <td className="mine fold">{mine}</td>
              <td className="theirs">{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="hint">{t.start.localOnly}</figcaption>
    </figure>
  );
}
