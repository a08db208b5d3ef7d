import { useAct, useAsk } from '../../api/queries.ts';
import type { Market } from '../../api/shapes.ts';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

/** Takes a market on another node off the list; for whoever runs this node, because it is everybody's list. */
export function ForgetMarket({ market, onForgotten }: { market: Market; onForgotten: () => void }) {
  const who = useAsk('who-am-i', {});
  const forget = useAct('forget-market');
  const say = useSay();
  if (market.isHere || !who.data?.isOperator) return null;
  const act = async () => {
    const done = await forget.run({ id: market.id });
    if (!done) return;
    say({ text: t.market.forgotten(done.name, done.wants) });
    onForgotten();
  };
  return (
    <div className="stack">
      <Problem failure={forget.failure} />
      <TwoSteps
        act={t.market.forget}
        ask={t.market.forgetAsk(market.name)}
        what={t.market.forgetWhat}
        now={t.market.forget}
        isBusy={forget.isBusy}
        onDo={() => void act()}
      />
    </div>
  );
}
