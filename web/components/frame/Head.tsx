import type { WhoAmI } from '../../api/shapes.ts';
import { t } from '../../i18n/index.ts';
import { Sample } from '../figures.tsx';
import { lazily } from '../lazily.tsx';
import { useShownOther } from './other-side.tsx';

const ActingMenu = lazily(() => import('./ActingMenu.tsx'));

/** The running head: my side at the start, the other side, where there is one, across the fold. */
export function Head({ who }: { who: WhoAmI }) {
  const other = useShownOther();
  const { acting } = who;
  return (
    <header className="head">
      <div className="head-side">
        <span className="soft">{t.frame.actingAs}</span>
        <b data-acting={acting?.handle}>{acting?.name}</b>
        <Sample is={acting?.isSample ?? false} />
        <ActingMenu who={who} />
      </div>
      {other ? (
        <div className="head-side">
          <span className="soft">{t.frame.otherSide}</span>
          <b>{other.name}</b>
          <Sample is={other.isSample} />
        </div>
      ) : null}
    </header>
  );
}
