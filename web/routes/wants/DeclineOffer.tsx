import { useAct } from '../../api/queries.ts';
import type { Offer } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

export function DeclineOffer({ offer }: { offer: Offer }) {
  const decline = useAct('decline-offer');
  const say = useSay();
  const act = async () => {
    if (await decline.run({ id: offer.id })) say({ text: t.offers.declined(offer.vendor.name) });
  };
  return (
    <>
      <Button
        kind="line"
        label={`${t.offers.decline}: ${offer.vendor.name}`}
        isBusy={decline.isBusy}
        onPress={() => void act()}
      >
        {t.offers.decline}
      </Button>
      <Problem failure={decline.failure} />
    </>
  );
}
