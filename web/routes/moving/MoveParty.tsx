import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { SecretField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { Standing } from './Standing.tsx';

const LOOK_EVERY_MS = 2_000;
const UNDER_WAY = ['packing', 'sending', 'handed-over', 'receiving', 'checking', 'arrived'];
const OVER = ['cancelled', 'forgotten', 'in-use', 'refused', 'expired'];

/** Moving to another node, from the code to where it stands; on the new node, taking into use. */
export function MoveParty() {
  const [isUnderWay, setUnderWay] = useState(false);
  const asked = useAsk('show-move', {}, { every: isUnderWay && LOOK_EVERY_MS });
  const move = asked.data?.move;
  const isMoving = move !== undefined && UNDER_WAY.includes(move.state);
  if (isMoving !== isUnderWay) setUnderWay(isMoving);
  return (
    <div className="stack">
      <Problem failure={asked.failure} again={asked.again} />
      {move ? <Standing move={move} /> : null}
      {move?.mayCancel && move.direction === 'away' ? <Cancel /> : null}
      {move?.mayTakeIntoUse ? <TakeIntoUse /> : null}
      {asked.data && (move === undefined || OVER.includes(move.state)) ? <Begin /> : null}
    </div>
  );
}

function Begin() {
  const act = useAct('move-party');
  const [code, setCode] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const submit = async () => {
    if (await act.run({ code, passphrase })) setPassphrase('');
  };
  return (
    <>
      <p>{t.moving.lead}</p>
      <Form
        failure={act.failure}
        onSubmit={() => void submit()}
        acts={
          <Button kind="act" type="submit" isBusy={act.isBusy} isOff={code === '' || passphrase === ''}>
            {t.moving.now}
          </Button>
        }
      >
        <TextField name="code" label={t.moving.code} value={code} onChange={setCode} maxLength={1000} />
        <SecretField
          name="passphrase"
          label={t.moving.passphrase}
          value={passphrase}
          onChange={setPassphrase}
        />
        <p className="hint">{t.moving.what}</p>
      </Form>
    </>
  );
}

function Cancel() {
  const act = useAct('cancel-move');
  const say = useSay();
  const cancel = async () => {
    if (await act.run({})) say({ text: t.moving.cancelled });
  };
  return (
    <>
      <div className="acts">
        <Button isBusy={act.isBusy} onPress={() => void cancel()}>
          {t.moving.cancel}
        </Button>
      </div>
      <Problem failure={act.failure} />
    </>
  );
}

function TakeIntoUse() {
  const act = useAct('take-into-use');
  const say = useSay();
  const [passphrase, setPassphrase] = useState('');
  const [isAtOnce, setAtOnce] = useState(false);
  const submit = async () => {
    const taken = await act.run({ passphrase, isAtOnce });
    if (taken) say({ text: isAtOnce ? t.moving.takenAtOnce : t.moving.taken(taken.told) });
  };
  return (
    <Form
      failure={act.failure}
      onSubmit={() => void submit()}
      acts={
        <Button kind="act" type="submit" isBusy={act.isBusy} isOff={passphrase === ''}>
          {t.moving.take}
        </Button>
      }
    >
      <SecretField
        name="passphrase"
        label={t.moving.passphrase}
        value={passphrase}
        onChange={setPassphrase}
      />
      <Check label={t.moving.atOnce} about={t.moving.atOnceAbout} value={isAtOnce} onChange={setAtOnce} />
    </Form>
  );
}
