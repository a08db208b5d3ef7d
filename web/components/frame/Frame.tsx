import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useChanges } from '../../api/changes.ts';
import { useAsk } from '../../api/queries.ts';
import type { WhoAmI } from '../../api/shapes.ts';
import { t } from '../../i18n/index.ts';
import { useKeeper } from '../../sealed/use-keeper.ts';
import { useKeys } from '../keyboard.ts';
import { lazily } from '../lazily.tsx';
import { Head } from './Head.tsx';
import { BAR, isAt, MAIN, MORE, type Place, UNDER_MORE } from './places.ts';

/** Names under which only this machine itself is reached. */
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

const KeysDialog = lazily(() => import('./KeysDialog.tsx'));

/** What stands around every page of somebody who is signed in. */
export function Frame({ who, children }: { who: WhoAmI; children: ReactNode }) {
  const [areKeysShown, showKeys] = useState(false);
  useKeys(() => showKeys(true));
  useChanges(who.acting?.handle);
  useKeeper(who.acting);
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t.frame.skip}
      </a>
      <Rail />
      <div>
        <Head who={who} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Bar />
      {areKeysShown ? <KeysDialog close={() => showKeys(false)} /> : null}
    </div>
  );
}

function Rail() {
  const today = useAsk('show-today', {}).data;
  const sample = useAsk('sample-status', {}).data;
  const counts: Record<string, number | undefined> = {
    '/wants': today?.wants.withOffers.length,
    '/relationships': today?.relationships.unread,
  };
  return (
    <nav className="rail" aria-label={t.frame.places}>
      <Link className="wordmark" to="/">
        {t.frame.name}
      </Link>
      <PlaceList places={MAIN} counts={counts} />
      <PlaceList places={MORE} counts={counts} />
      <div className="rail-foot">
        {sample?.state === 'loaded' ? <p>{t.frame.sampleLoaded}</p> : null}
        {LOOPBACK.test(window.location.hostname) ? null : <p>{t.frame.lan}</p>}
      </div>
    </nav>
  );
}

function PlaceList(props: { places: readonly Place[]; counts: Record<string, number | undefined> }) {
  const { pathname } = useLocation();
  return (
    <ul>
      {props.places.map((place) => {
        const count = props.counts[place.to];
        return (
          <li key={place.to}>
            <Link to={place.to} aria-current={isAt(place, pathname) ? 'page' : undefined}>
              {place.name}
              {count ? <span className="count">{count}</span> : null}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Bar() {
  const { pathname } = useLocation();
  const more = { to: '/more', name: t.frame.more };
  const isMore = isAt(more, pathname) || UNDER_MORE.some((place) => isAt(place, pathname));
  return (
    <nav className="bar" aria-label={t.frame.places}>
      {BAR.map((place) => (
        <Link key={place.to} to={place.to} aria-current={isAt(place, pathname) ? 'page' : undefined}>
          {place.name}
        </Link>
      ))}
      <Link to={more.to} aria-current={isMore ? 'page' : undefined}>
        {more.name}
      </Link>
    </nav>
  );
}
