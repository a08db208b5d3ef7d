import { useAct } from '../../api/queries.ts';
import type { Grant } from '../../api/shapes.ts';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

/** Two steps, the second saying what the other side may keep. */
export function StopSharing({
  grant,
  name,
}: {
  grant: Pick<Grant, 'id' | 'label' | 'purpose'>;
  name: string;
}) {
  const stop = useAct('stop-sharing');
  const say = useSay();
  const act = async () => {
    if (await stop.run({ grant: grant.id })) say({ text: t.relationships.stopped(grant.label) });
  };
  return (
    <>
      <TwoSteps
        act={t.relationships.stop}
        label={t.relationships.stopOf(grant.label, name, grant.purpose)}
        ask={t.relationships.stopAsk(grant.label, name)}
        what={t.relationships.stopWhat}
        now={t.relationships.stopNow}
        keep={t.relationships.stopKeep}
        isBusy={stop.isBusy}
        small
        onDo={() => void act()}
      />
      <Problem failure={stop.failure} />
    </>
  );
}
