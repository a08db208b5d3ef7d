import { useAct } from '../../api/queries.ts';
import type { Intent } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** Tells the market one step less, with this very yes: out of holding, or to reach further. */
export function WidenWant({ intent }: { intent: Intent }) {
  const widen = useAct('widen-intent');
  const say = useSay();
  const act = async () => {
    const widened = await widen.run({ id: intent.id });
    if (widened) say({ text: t.wants.happened[widened.happened] });
  };
  return (
    <div className="stack">
      <Problem failure={widen.failure} />
      <div className="acts">
        <Button kind={intent.state === 'held' ? 'act' : 'plain'} onPress={act} isBusy={widen.isBusy}>
          {t.wants.widenAct}
        </Button>
        <span className="hint">{t.wants.widenActAbout}</span>
      </div>
    </div>
  );
}
