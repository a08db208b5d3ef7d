import type { Market } from '../api/shapes.ts';
import { t } from '../i18n/index.ts';

type At = Pick<Market, 'name' | 'host' | 'isHere' | 'reached'>;

/** Said before anything goes to a market: whether it learns the address of this node. */
export function Reached({ market }: { market: At }) {
  const say = t.market.reached[market.reached](market.host);
  return market.reached === 'direct' ? (
    <p className="problem" role="note">
      {say}
    </p>
  ) : (
    <p className="hint">{say}</p>
  );
}

/** Two markets can have one name; where they are tells them apart. */
export function marketLabel(market: Pick<At, 'name' | 'host' | 'isHere'> & { isSample: boolean }): string {
  if (market.isSample) return `${market.name} (${t.frame.sample})`;
  return market.isHere ? market.name : `${market.name}, ${market.host}`;
}
