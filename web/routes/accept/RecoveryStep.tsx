import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { State } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';

/** Shows the recovery code and asks for its last group, so that it is on paper before anything goes out. */
export function RecoveryStep({ isDone, onDone }: { isDone: boolean; onDone: () => void }) {
  const show = useAct('show-recovery-code');
  const confirm = useAct('confirm-recovery-code');
  const [code, setCode] = useState<string>();
  const [lastGroup, setLast] = useState('');
  if (isDone) return <State mark="full">{t.accept.recoveryDone}</State>;
  const reveal = async () => setCode((await show.run({}))?.code);
  const submit = async () => {
    if (await confirm.run({ lastGroup: lastGroup.trim() })) onDone();
  };
  return (
    <div className="stack">
      <p>{t.accept.recoveryLead}</p>
      <Problem failure={show.failure} />
      {code === undefined ? (
        <div className="acts">
          <Button onPress={() => void reveal()} isBusy={show.isBusy}>
            {t.accept.recoveryShow}
          </Button>
        </div>
      ) : (
        <>
          <p className="code" data-code={code}>
            {code.split(/[\s-]+/).map((group, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat and never move
              <span key={at}>{group}</span>
            ))}
          </p>
          <Form
            failure={confirm.failure}
            onSubmit={() => void submit()}
            acts={
              <Button type="submit" isBusy={confirm.isBusy} isOff={lastGroup.trim() === ''}>
                {t.accept.recoveryConfirm}
              </Button>
            }
          >
            <TextField
              name="lastGroup"
              label={t.accept.recoveryLast}
              hint={t.accept.recoveryHint}
              value={lastGroup}
              onChange={setLast}
              maxLength={12}
            />
          </Form>
        </>
      )}
    </div>
  );
}
