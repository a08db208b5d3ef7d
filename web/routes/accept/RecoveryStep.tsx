import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { State } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { RecoveryCode } from '../../components/RecoveryCode.tsx';
import { t } from '../../i18n/index.ts';

/** Shows the recovery code and asks for its last group, so that it is on paper before anything goes out. */
export function RecoveryStep({ isDone, onDone }: { isDone: boolean; onDone: () => void }) {
  const show = useAct('show-recovery-code');
  const [code, setCode] = useState<string>();
  if (isDone) return <State mark="full">{t.accept.recoveryDone}</State>;
  const reveal = async () => setCode((await show.run({}))?.code);
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
        <RecoveryCode code={code} onDone={onDone} />
      )}
    </div>
  );
}
