import { useState } from 'react';
import { useAct } from '../api/queries.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { TextField } from './Field.tsx';
import { Form } from './Form.tsx';
import { Papers } from './Papers.tsx';

/** The code in its groups, and the field that asks for the last of them, so that it is on paper. */
export function RecoveryCode({ code, onDone }: { code: string; onDone: () => void }) {
  const confirm = useAct('confirm-recovery-code');
  const [lastGroup, setLast] = useState('');
  const submit = async () => {
    if (await confirm.run({ lastGroup: lastGroup.trim() })) onDone();
  };
  return (
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
          <>
            <Button type="submit" kind="act" isBusy={confirm.isBusy} isOff={lastGroup.trim() === ''}>
              {t.accept.recoveryConfirm}
            </Button>
            <Papers codes={[code]} title={() => t.devices.codeSheet} says={t.devices.codeSays} />
          </>
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
  );
}
