import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { Party } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { State } from '../../components/figures.tsx';
import { RecoveryCode, RecoveryCodeHere } from '../../components/RecoveryCode.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { usePaper } from '../../sealed/use-paper.ts';
import { useRenewCodeHere } from '../../sealed/use-passphrases.ts';
import { useSealed } from '../../sealed/use-sealed.ts';

/** The code until it is written down; after that, with the passphrase, a new one in its place. */
export function Recovery({ party }: { party: Party }) {
  const { shown } = useSealed();
  return (
    <div className="stack">
      {party.recovery === 'shown' ? (
        <State mark="full">{t.settings.recoverySeen}</State>
      ) : (
        <State mark="bad">{t.settings.recoveryUnseen}</State>
      )}
      {shown?.vault ? <MadeHere /> : <MadeThere isSeen={party.recovery === 'shown'} />}
    </div>
  );
}

/** The node makes it, and knows it until it is on paper. */
function MadeThere({ isSeen }: { isSeen: boolean }) {
  const show = useAct('show-recovery-code');
  const say = useSay();
  const [code, setCode] = useState<string>();
  const [passphrase, setPassphrase] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isProven = isSeen || isAsked;
  const reveal = async () => {
    const shown = await show.run(isProven ? { passphrase } : {});
    setPassphrase('');
    // Whoever did not just sign in says once more who they are.
    setAsked(!shown);
    setCode(shown?.code);
  };
  const done = () => {
    setCode(undefined);
    say({ text: t.accept.recoveryDone });
  };
  if (code !== undefined) return <RecoveryCode code={code} onDone={done} />;
  return (
    <Form
      failure={show.failure}
      onSubmit={() => void reveal()}
      acts={
        <Button type="submit" isBusy={show.isBusy} isOff={isProven && passphrase === ''}>
          {isSeen ? t.settings.recoveryNew : t.settings.recoveryShow}
        </Button>
      }
    >
      {isProven ? (
        <SecretField
          name="passphrase"
          label={isSeen ? t.settings.old : t.devices.addProof}
          hint={isSeen ? t.settings.recoveryUsed : undefined}
          value={passphrase}
          onChange={setPassphrase}
        />
      ) : null}
    </Form>
  );
}

/** It also opens what only devices open: this one makes it, and the node never sees it. */
function MadeHere() {
  const paper = usePaper();
  const renew = useRenewCodeHere(paper.show);
  const say = useSay();
  const [passphrase, setPassphrase] = useState('');
  const submit = async () => {
    const done = await renew.run(passphrase);
    paper.forget();
    setPassphrase('');
    if (done) say({ text: t.accept.recoveryDone });
  };
  if (paper.code !== undefined) {
    return (
      <RecoveryCodeHere
        code={paper.code}
        isBusy={paper.isAnswered}
        onDone={() => paper.answer(true)}
        onCancel={() => paper.answer(false)}
      />
    );
  }
  return (
    <Form
      failure={renew.failure}
      onSubmit={() => void submit()}
      acts={
        <Button type="submit" isBusy={renew.isBusy} isOff={passphrase === ''}>
          {t.settings.recoveryNew}
        </Button>
      }
    >
      <SecretField
        name="passphrase"
        label={t.settings.old}
        hint={t.settings.recoveryUsed}
        value={passphrase}
        onChange={setPassphrase}
      />
    </Form>
  );
}
