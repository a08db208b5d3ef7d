import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { State } from '../../components/figures.tsx';
import { Papers } from '../../components/Papers.tsx';
import { t } from '../../i18n/index.ts';
import { useSealed } from '../../sealed/use-sealed.ts';

/** Three papers for three people; any two of them open my party. */
export function RecoveryShares({ areOut }: { areOut: boolean }) {
  const make = useAct('make-recovery-shares');
  const isBegun = useSealed().shown?.vault !== undefined;
  const [passphrase, setPassphrase] = useState('');
  const [made, setMade] = useState<{ shares: readonly string[]; voided: boolean }>();
  const submit = async () => {
    const done = await make.run({ passphrase });
    if (!done) return;
    setPassphrase('');
    setMade(done);
  };
  if (made) return <Made {...made} onDone={() => setMade(undefined)} />;
  return (
    <div className="stack">
      <p>{t.devices.sharesLead}</p>
      <ul className="measured">
        {t.devices.sharesKnow.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {isBegun ? <p>{t.keeping.sharesRest}</p> : null}
      {areOut ? <State mark="full">{t.devices.sharesThere}</State> : null}
      <Form
        failure={make.failure}
        onSubmit={() => void submit()}
        acts={
          <Button type="submit" isBusy={make.isBusy} isOff={passphrase === ''}>
            {areOut ? t.devices.sharesAgain : t.devices.sharesMake}
          </Button>
        }
      >
        <SecretField
          name="passphrase"
          label={t.devices.addProof}
          value={passphrase}
          onChange={setPassphrase}
        />
      </Form>
    </div>
  );
}

function Made(props: { shares: readonly string[]; voided: boolean; onDone: () => void }) {
  return (
    <div className="stack">
      <p>
        {props.voided ? `${t.devices.sharesVoided} ` : ''}
        {t.devices.sharesOnce}
      </p>
      {props.shares.map((share, at) => (
        <div key={share}>
          <p className="label">{t.devices.share(at)}</p>
          <p className="code" data-code={share} data-halves>
            {share.split('-').map((group, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat and never move
              <span key={place}>{group}</span>
            ))}
          </p>
        </div>
      ))}
      <div className="acts">
        <Papers codes={props.shares} title={t.devices.shareSheet} says={t.devices.shareSays} />
        <Button kind="act" onPress={props.onDone}>
          {t.devices.sharesDone}
        </Button>
      </div>
    </div>
  );
}
