import { useState } from 'react';
import type { By } from '../../device/index.ts';
import { useAsk } from '../api/queries.ts';
import { Button } from '../components/Button.tsx';
import { SecretField, TextField } from '../components/Field.tsx';
import { Form } from '../components/Form.tsx';
import { t } from '../i18n/index.ts';
import { usePasskeyTold } from '../passkeys/use-passkeys.ts';
import { passkeysHere } from '../passkeys/where.ts';
import { useLockedBy } from './keeper.ts';
import { FromBefore, SetBack } from './SetBack.tsx';
import { useSealed, useUnlock } from './use-sealed.ts';
import { WAY } from './use-ways.ts';

/** Opens what is sealed on this page: with the passphrase, a passkey that opens it, or the code on paper. */
export function Unlock({ onCancel }: { onCancel?: () => void }) {
  const { shown } = useSealed();
  const party = useAsk('who-am-i', {}).data?.acting;
  const unlock = useUnlock();
  const lockedBy = useLockedBy();
  const passkey = usePasskeyTold();
  const [isByCode, setByCode] = useState(false);
  const [text, setText] = useState('');
  const [tried, setTried] = useState<By>({ passphrase: '' });
  const open = (by: By) => {
    setTried(by);
    return unlock.run(by);
  };
  const submit = () => {
    passkey.forget();
    void open(isByCode ? { recoveryCode: text } : { passphrase: text });
  };
  const byPasskey = async () => {
    unlock.forget();
    const used = await passkey.run();
    if (used) await open({ passkey: used.passkey, told: used.told });
  };
  const isBusy = unlock.isBusy || passkey.isBusy;
  const hasPasskey = passkeysHere() === 'yes' && shown?.ways.some((way) => way.name.startsWith(WAY));
  const turn = () => {
    setByCode(!isByCode);
    setText('');
    unlock.forget();
  };
  return (
    <>
      <Form
        failure={unlock.failure ?? passkey.failure ?? (isBusy ? undefined : lockedBy)}
        onSubmit={submit}
        acts={
          <>
            <Button kind="act" type="submit" isBusy={isBusy} isOff={text.trim() === ''}>
              {t.keeping.unlock}
            </Button>
            {hasPasskey ? (
              <Button isBusy={isBusy} onPress={() => void byPasskey()}>
                {t.devices.use}
              </Button>
            ) : null}
            {onCancel ? <Button onPress={onCancel}>{t.frame.cancel}</Button> : null}
            <Button kind="line" onPress={turn}>
              {isByCode ? t.keeping.byPassphrase : t.keeping.byCode}
            </Button>
            <span className="hint" role="status">
              {isBusy ? t.keeping.unlocking : ''}
            </span>
          </>
        }
      >
        <WithWhat isByCode={isByCode} text={text} set={setText} isAlone={onCancel === undefined} />
      </Form>
      <SetBack failure={unlock.failure} by={tried} />
      {unlock.failure?.code === 'vault-gone' ? (
        <FromBefore failure={unlock.failure} handle={party?.handle} home={party?.id} onDone={unlock.forget} />
      ) : null}
    </>
  );
}

interface With {
  isByCode: boolean;
  text: string;
  set: (text: string) => void;
  /** It stands there without having been asked for. */
  isAlone: boolean;
}

function WithWhat({ isByCode, text, set, isAlone }: With) {
  if (isByCode) {
    return (
      <TextField
        key="code"
        name="recoveryCode"
        label={t.start.code}
        hint={t.start.codeHint}
        value={text}
        onChange={set}
        autoFocus
      />
    );
  }
  return (
    <SecretField
      key="passphrase"
      name="passphrase"
      label={t.keeping.passphrase}
      hint={t.keeping.passphraseHint}
      value={text}
      onChange={set}
      autoFocus={!isAlone}
    />
  );
}
