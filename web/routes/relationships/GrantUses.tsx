import type { Grant } from '../../api/shapes.ts';
import { When } from '../../components/figures.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

type Used = Pick<Grant, 'isMine' | 'openings' | 'deletion' | 'state' | 'stoppedBy'>;

/** How often it was opened, by whom and when last. */
export function Openings({ grant: { openings } }: { grant: Pick<Used, 'openings'> }) {
  const { count, lastAt, lastBy } = openings;
  if (count === 0 || lastAt === undefined) return <>{t.grants.never}</>;
  return (
    <>
      {t.grants.times(count)} {t.grants.lastBy(t.grants.by[lastBy ?? 'person'])} <When at={lastAt} />
    </>
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
      {until} <When at={deletion.at} />
      {deletion.words === undefined ? null : <q className="words">{deletion.words}</q>}
    </>
  );
}
