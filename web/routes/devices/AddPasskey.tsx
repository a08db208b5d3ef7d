import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { PasskeyAnswer, PasskeyMade } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { State } from '../../components/figures.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { PasskeysElsewhere } from '../../passkeys/PasskeysElsewhere.tsx';
import { useNewPasskey, usePasskeyAnswer } from '../../passkeys/use-passkeys.ts';
import { passkeysHere } from '../../passkeys/where.ts';
import { useVault } from '../../sealed/keeper.ts';
import { useAddWay } from '../../sealed/use-ways.ts';

/** A passkey of this device, or of one that is plugged in or near. */
export function AddPasskey({ hasAnother }: { hasAnother: boolean }) {
  return (
    <div className="stack">
      <p>{t.devices.addLead}</p>
      {passkeysHere() === 'yes' ? <Add hasAnother={hasAnother} /> : <PasskeysElsewhere />}
    </div>
  );
}

function Add({ hasAnother }: { hasAnother: boolean }) {
  const adding = useAdding();
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const add = async (again?: PasskeyAnswer) => {
    if (!(await adding.run(name, again ? { again } : { passphrase }))) return;
    setName('');
    setPassphrase('');
  };
  const other = usePasskeyAnswer();
  const byOther = async () => {
    const again = await other.run();
    if (again) await add(again);
  };
  const isBusy = adding.isBusy || other.isBusy;
  const isUnnamed = name.trim() === '';
  return (
    <Form
      failure={adding.failure ?? other.failure}
      onSubmit={() => void add()}
      acts={
        <>
          <Button kind="act" type="submit" isBusy={isBusy} isOff={isUnnamed || passphrase === ''}>
            {t.devices.add}
          </Button>
          {hasAnother ? (
            <Button isBusy={isBusy} isOff={isUnnamed} onPress={() => void byOther()}>
              {t.devices.addAgain}
            </Button>
          ) : null}
        </>
      }
    >
      {adding.weak ? (
        <div role="status">
          <State mark="half">{t.devices.addedWeak(adding.weak)}</State>
        </div>
      ) : null}
      <TextField
        name="name"
        label={t.devices.addName}
        hint={t.devices.addNameHint}
        value={name}
        onChange={setName}
        maxLength={200}
      />
      <SecretField
        name="passphrase"
        label={t.devices.addProof}
        hint={t.devices.addProofHint}
        value={passphrase}
        onChange={setPassphrase}
      />
      <p className="hint">{t.devices.twice}</p>
    </Form>
  );
}

/** What follows from a slip in these is that one tries again, with the passkey that is made already. */
const RETRIED: ReadonlySet<string> = new Set([
  'passphrase-wrong',
  'input-invalid',
  'proof-needed',
  'passkey-refused',
  'node-unreachable',
]);

/** Has the device make a passkey, and lets it in; `weak` is the name of one that only signs in. */
function useAdding() {
  const add = useAct('add-passkey');
  const device = useNewPasskey();
  const vault = useVault();
  const sealed = useAddWay();
  const say = useSay();
  // Kept while the passphrase is typed once more, so that a slip there does not cost a second passkey.
  const [made, setMade] = useState<{ made: PasskeyMade; told: Uint8Array | undefined }>();
  const [weak, setWeak] = useState<string>();
  if (made && add.failure && !RETRIED.has(add.failure.code)) setMade(undefined);
  const run = async (name: string, proof: { passphrase: string } | { again: PasskeyAnswer }) => {
    setWeak(undefined);
    const passkey = made ?? (await device.run());
    if (!passkey) return false;
    setMade(passkey);
    const added = await add.run({ name, ...passkey.made, ...proof });
    if (!added) return false;
    setMade(undefined);
    const { told } = passkey;
    if (vault && told) await sealed.run(added.id, told);
    if (added.opensKeys) say({ text: t.devices.added(added.name) });
    else setWeak(added.name);
    return true;
  };
  const failure = add.failure ?? device.failure ?? sealed.failure;
  return { run, failure, isBusy: add.isBusy || device.isBusy || sealed.isBusy, weak };
}
