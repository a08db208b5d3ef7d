import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAct } from '../../api/queries.ts';
import type { InvitationRead } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Facts } from '../../components/Facts.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { When } from '../../components/figures.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** A code is read first, which sends nothing; then its terms are accepted, or not. */
export function AcceptInvitation() {
  const read = useAct('read-invitation');
  const [code, setCode] = useState('');
  const [found, setFound] = useState<InvitationRead>();
  const submit = async () => setFound(await read.run({ code }));
  return (
    <div className="stack">
      <Form
        failure={read.failure}
        onSubmit={() => void submit()}
        acts={
          <Button type="submit" isBusy={read.isBusy} isOff={code.trim() === ''}>
            {t.invitations.read}
          </Button>
        }
      >
        <AreaField
          name="code"
          label={t.invitations.code}
          hint={t.invitations.codeHint}
          value={code}
          onChange={(text) => {
            setCode(text);
            setFound(undefined);
          }}
          maxLength={16_000}
        />
      </Form>
      {found ? <Read key={found.id} code={code} invitation={found} /> : null}
    </div>
  );
}

function Read({ code, invitation }: { code: string; invitation: InvitationRead }) {
  const { from, note, terms, conflicts, plain, until, state } = invitation;
  return (
    <div className="stack">
      <Facts
        facts={[
          [t.invitations.from, from.name],
          [t.invitations.at, from.host],
          note === ''
            ? undefined
            : [
                t.invitations.note,
                <span key="n" className="words">
                  {note}
                </span>,
              ],
          [t.invitations.terms, `${terms.name}. ${terms.plain.map((it) => it.line).join(' ')}`],
          [t.invitations.until, <When key="u" at={until} />],
        ]}
      />
      {[...conflicts, ...plain].map((line) => (
        <p key={line}>{line}</p>
      ))}
      {state === 'open' ? <Accept code={code} /> : <p>{t.invitations[state]}</p>}
    </div>
  );
}

function Accept({ code }: { code: string }) {
  const accept = useAct('accept-invitation');
  const navigate = useNavigate();
  const say = useSay();
  const [name, setName] = useState('');
  const submit = async () => {
    const done = await accept.run({ code, ...(name.trim() === '' ? {} : { name }) });
    if (!done) return;
    say({ text: t.invitations.sent });
    navigate(`/relationships/${done.relationship}`);
  };
  return (
    <Form
      failure={accept.failure}
      onSubmit={() => void submit()}
      acts={
        <Button kind="act" type="submit" isBusy={accept.isBusy}>
          {t.invitations.acceptNow}
        </Button>
      }
    >
      <TextField
        name="name"
        label={t.invitations.name}
        hint={t.invitations.nameHint}
        value={name}
        onChange={setName}
        autoComplete="nickname"
        maxLength={200}
      />
    </Form>
  );
}
