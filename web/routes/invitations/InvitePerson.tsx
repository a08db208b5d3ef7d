import { useState } from 'react';
import { useDraft } from '../../api/drafts.tsx';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Party } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

interface Made {
  readonly code: string;
  readonly isFromHereOnly: boolean;
}

export function InvitePerson() {
  const acting = useAsk('who-am-i', {}).data?.acting;
  const [made, setMade] = useState<Made>();
  if (made) return <Hand made={made} onAnother={() => setMade(undefined)} />;
  return acting ? <Ask acting={acting} onMade={setMade} /> : null;
}

function Ask({ acting, onMade }: { acting: Party; onMade: (made: Made) => void }) {
  const invite = useAct('invite-person');
  const draft = useDraft(`invite-person ${acting.handle}`, { name: acting.name, note: '' });
  const { name, note } = draft.value;
  const submit = async () => {
    const made = await invite.run({ name, note });
    if (!made) return;
    draft.clear();
    onMade(made);
  };
  return (
    <Form
      failure={invite.failure}
      onSubmit={() => void submit()}
      acts={
        <Button kind="act" type="submit" isBusy={invite.isBusy} isOff={name.trim() === ''}>
          {t.invitations.inviteNow}
        </Button>
      }
    >
      <TextField
        name="name"
        label={t.invitations.inviteName}
        value={name}
        onChange={(text) => draft.set({ name: text })}
        maxLength={200}
      />
      <AreaField
        name="note"
        label={t.invitations.inviteNote}
        value={note}
        onChange={(text) => draft.set({ note: text })}
        maxLength={500}
      />
    </Form>
  );
}

/** The code is shown once: only its hash is kept. */
function Hand({ made, onAnother }: { made: Made; onAnother: () => void }) {
  const say = useSay();
  // Where the browser does not let it, the code stands here to be copied by hand.
  const copy = () =>
    navigator.clipboard.writeText(made.code).then(
      () => say({ text: t.invitations.copied }),
      () => undefined,
    );
  return (
    <div className="stack">
      <p>{t.invitations.hand}</p>
      {made.isFromHereOnly ? <p>{t.invitations.hereOnly}</p> : null}
      <AreaField
        label={t.invitations.code}
        value={made.code}
        onChange={() => undefined}
        rows={6}
        maxLength={16_000}
      />
      <div className="acts">
        {'clipboard' in navigator ? (
          <Button kind="act" onPress={() => void copy()}>
            {t.invitations.copy}
          </Button>
        ) : null}
        <Button onPress={onAnother}>{t.invitations.another}</Button>
      </div>
    </div>
  );
}
