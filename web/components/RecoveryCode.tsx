import { useState } from 'react';
import type { Failure } from '../api/failure.ts';
import { useAct } from '../api/queries.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { TextField } from './Field.tsx';
import { Form } from './Form.tsx';
import { Papers } from './Papers.tsx';

/** The code in its groups, and the field that asks for the last of them, so that it is on paper. */
export function RecoveryCode({ code, onDone }: { code: string; onDone: () => void }) {
  const confirm = useAct('confirm-recovery-code');
  const submit = async (lastGroup: string) => {
    if (await confirm.run({ lastGroup })) onDone();
  };
  return <OnPaper code={code} failure={confirm.failure} isBusy={confirm.isBusy} onLast={submit} />;
}

/** The same for a code that this device has made, which the node does not know. */
export function RecoveryCodeHere(props: {
  code: string;
  isBusy: boolean;
  onDone: () => void;
  onCancel: () => void;
}) {
  const [isWrong, setWrong] = useState(false);
  const submit = (lastGroup: string) => {
    const isIt = lastGroup.toLowerCase() === props.code.split('-').at(-1)?.toLowerCase();
    setWrong(!isIt);
    if (isIt) props.onDone();
  };
  return (
    <OnPaper
      code={props.code}
      failure={undefined}
      wrong={isWrong ? t.keeping.codeWrong : undefined}
      isBusy={props.isBusy}
      onLast={submit}
      onCancel={props.onCancel}
    />
  );
}

function OnPaper(props: {
  code: string;
  failure: Failure | undefined;
  wrong?: string | undefined;
  isBusy: boolean;
  onLast: (lastGroup: string) => unknown;
  onCancel?: () => void;
}) {
  const [lastGroup, setLast] = useState('');
  return (
    <>
      <p className="code" data-code={props.code}>
        {props.code.split(/[\s-]+/).map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat and never move
          <span key={at}>{group}</span>
        ))}
      </p>
      <Form
        failure={props.failure}
        onSubmit={() => props.onLast(lastGroup.trim())}
        acts={
          <>
            <Button type="submit" kind="act" isBusy={props.isBusy} isOff={lastGroup.trim() === ''}>
              {t.accept.recoveryConfirm}
            </Button>
            <Papers codes={[props.code]} title={() => t.devices.codeSheet} says={t.devices.codeSays} />
            {props.onCancel ? <Button onPress={props.onCancel}>{t.frame.cancel}</Button> : null}
          </>
        }
      >
        <TextField
          name="lastGroup"
          label={t.accept.recoveryLast}
          hint={t.accept.recoveryHint}
          wrong={props.wrong}
          value={lastGroup}
          onChange={setLast}
          maxLength={12}
        />
      </Form>
    </>
  );
}
