import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { actAs } from '../../api/acting.ts';
import { useAct, useAsk } from '../../api/queries.ts';
import { useWork } from '../../api/work.ts';
import { SecretField } from '../../components/Field.tsx';
import { Problem, WrongsProvider } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

/** The one act on this page that nothing brings back; it names the consequence and wants the passphrase. */
export function RemoveParty() {
  const remove = useAct('remove-party');
  const party = useAsk('who-am-i', {}).data?.acting;
  const name = party?.name ?? '';
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const [passphrase, setPassphrase] = useState('');
  // What is needed afterwards is there before anything is removed.
  const fetched = useWork(() => import('../../sealed/set-back.ts'));
  const act = async () => {
    const it = await fetched.run();
    if (!it || !(await remove.run({ passphrase }))) return;
    if (party) await it.forgetHere({ home: party.id, handle: party.handle });
    actAs(undefined);
    client.clear();
    say({ text: t.leave.removed(name) });
    navigate('/');
  };
  return (
    <div className="stack">
      <p>{t.leave.removeLead}</p>
      <WrongsProvider value={remove.failure?.fields ?? {}}>
        <TwoSteps
          act={t.leave.removeAct}
          ask={t.leave.removeAsk(name)}
          more={
            <SecretField
              name="passphrase"
              label={t.leave.removePassphrase}
              value={passphrase}
              onChange={setPassphrase}
            />
          }
          now={t.leave.removeNow}
          isBusy={fetched.isBusy || remove.isBusy}
          onDo={() => void act()}
        />
      </WrongsProvider>
      <Problem failure={fetched.failure ?? remove.failure} />
    </div>
  );
}
