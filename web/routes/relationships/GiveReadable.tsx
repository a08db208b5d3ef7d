import { useAct } from '../../api/queries.ts';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

/** What waits since their Parley knows no locks, said plainly before anything goes out. */
export function GiveReadable({ relationship, count }: { relationship: string; count: number }) {
  const give = useAct('give-readable');
  const say = useSay();
  const act = async () => {
    if (await give.run({ relationship })) say({ text: t.grants.gaveReadable });
  };
  return (
    <div className="inline-form">
      <p>
        <strong>{t.grants.waits(count)}</strong> {t.grants.waitsWhy}
      </p>
      <div className="acts">
        <TwoSteps
          act={t.grants.giveReadable}
          ask={t.grants.giveReadableAsk}
          what={t.grants.giveReadableWhat}
          now={t.grants.giveReadableNow}
          keep={t.grants.giveReadableKeep}
          isBusy={give.isBusy}
          small
          onDo={() => void act()}
        />
      </div>
      <Problem failure={give.failure} />
    </div>
  );
}
