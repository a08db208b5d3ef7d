import { useDraft } from '../../api/drafts.tsx';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';

/** A message of mine. A shop or a group says which person writes. */
export function Compose({ relationship }: { relationship: Relationship }) {
  const send = useAct('send-message');
  const kind = useAsk('who-am-i', {}).data?.acting?.kind;
  const draft = useDraft(`message-${relationship.id}`, { text: '', signedAs: '' });
  const { text, signedAs } = draft.value;
  const needsName = relationship.side === 'seller' || kind === 'organisation';
  const submit = async () => {
    const input = { relationship: relationship.id, text, ...(signedAs.trim() ? { signedAs } : {}) };
    if (!(await send.run(input))) return;
    draft.replace({ text: '', signedAs });
    draft.clear();
  };
  return (
    <div className="compose">
      <Form
        wide
        failure={send.failure}
        onSubmit={() => void submit()}
        acts={
          <Button kind="act" type="submit" isBusy={send.isBusy} isOff={text.trim() === ''}>
            {t.relationships.send}
          </Button>
        }
      >
        <AreaField
          name="text"
          label={t.relationships.write}
          value={text}
          onChange={(value) => draft.set({ text: value })}
          rows={2}
        />
        {needsName ? (
          <TextField
            name="signedAs"
            label={t.relationships.signedAs}
            hint={t.relationships.signedAsHint}
            value={signedAs}
            onChange={(value) => draft.set({ signedAs: value })}
            autoComplete="name"
            maxLength={200}
          />
        ) : null}
      </Form>
    </div>
  );
}
