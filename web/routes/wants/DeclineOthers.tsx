import { useAct } from '../../api/queries.ts';
import type { Offer } from '../../api/shapes.ts';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

/** Whoever has chosen a few to look at puts all others aside at once. */
export function DeclineOthers({ offers }: { offers: readonly Offer[] }) {
  const decline = useAct('decline-offers');
  const say = useSay();
  if (offers.length < 2) return null;
  const act = async () => {
    const told = await decline.run({ ids: offers.map((offer) => offer.id) });
    if (told) say({ text: t.offers.manyDeclined(told.done.length, told.not.length) });
  };
  return (
    <div className="stack decline-others">
      <TwoSteps
        small
        act={t.offers.declineOthers(offers.length)}
        ask={t.offers.declineOthersAsk(offers.length)}
        now={t.offers.declineMany}
        isBusy={decline.isBusy}
        onDo={act}
      />
      <Problem failure={decline.failure} />
    </div>
  );
}
