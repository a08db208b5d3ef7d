import type { Grant } from '../../api/shapes.ts';
import { When } from '../../components/figures.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

type Used = Pick<Grant, 'isMine' | 'openings' | 'times' | 'deletion' | 'state' | 'stoppedBy'>;

/** How often it was opened, by whom and when last. */
export function Openings({ grant }: { grant: Pick<Used, 'openings' | 'times' | 'isMine'> }) {
  const { openings, times, isMine } = grant;
  const { count, lastAt, lastBy } = openings;
  const often = times === undefined ? t.grants.times(count) : t.grants.timesOf(count, times);
  if (count === 0 || lastAt === undefined) return <>{times === undefined ? t.grants.never : often}</>;
  return (
    <>
      {often} {t.grants.lastBy(t.grants.by[lastBy ?? 'person'])} <When at={lastAt} />
      {times !== undefined && count > times ? <TooOften isMine={isMine} /> : null}
    </>
  );
}

/** Receipts that say more than was allowed: nothing could prevent it, and nobody shall overlook it. */
function TooOften({ isMine }: Pick<Used, 'isMine'>) {
  return (
    <span className="too-often">
      <span className="wrong">{isMine ? t.grants.tooOften : t.grants.tooOftenMine}</span>
      {isMine ? <span className="hint">{t.grants.tooOftenWhy}</span> : null}
    </span>
  );
}

/** What whoever had it says became of it; of what is still shared, nothing. */
export function Deletion({ grant: { isMine, deletion, state } }: { grant: Used }) {
  if (deletion === undefined) return state === 'stopped' && isMine ? t.grants.unstated : null;
  const words = isMine ? t.grants.deletion : t.grants.deletionMine;
  const until =
    deletion.keptUntil === undefined ? '' : ` ${t.grants.keptUntil(formatDay(deletion.keptUntil))}`;
  return (
    <>
      {words[deletion.what]}
      {until} ({t.grants.said} <When at={deletion.at} />)
      {deletion.words === undefined ? null : <q className="words">{deletion.words}</q>}
    </>
  );
}
