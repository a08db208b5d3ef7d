import type { ReactNode } from 'react';
import type { Amount, Standing as StandingOf } from '../api/shapes.ts';
import { formatAmount, formatExact, formatNumber, formatRelative, machineTime } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { useNow } from './now.ts';

export function Money({ amount }: { amount: Amount }) {
  return <span className="figure">{formatAmount(amount, true)}</span>;
}

/** How long ago or until; the exact time is a hover or a focus away, and is read out. */
export function When({ at, isStop = true }: { at: number; isStop?: boolean }) {
  const now = useNow();
  return (
    <time className="when" dateTime={machineTime(at)} tabIndex={isStop ? 0 : undefined}>
      {formatRelative(at, now)}
      <span>{formatExact(at)}</span>
    </time>
  );
}

/** Says that somebody or something is invented. */
export function Sample({ is }: { is: boolean }) {
  return is ? <span className="tag">{t.frame.sample}</span> : null;
}

export function Named({ who }: { who: { name: string; isSample: boolean } }) {
  return (
    <>
      {who.name} <Sample is={who.isSample} />
    </>
  );
}

export type Mark = 'open' | 'full' | 'half' | 'bar' | 'square' | 'bad';

export function State({ mark, children }: { mark: Mark; children: ReactNode }) {
  return (
    <span className="state" data-mark={mark}>
      {children}
    </span>
  );
}

/**
 * Kept, late, repaired, broken, counted from signed records that were checked here. What the market says beyond
 * them is named as its word. No records is not the same as none kept.
 */
export function Standing({ standing }: { standing: StandingOf }) {
  const { records, claimed } = standing;
  const more = claimed > records ? <span className="soft">{t.offers.claimed(claimed)}</span> : null;
  if (records === 0) {
    return (
      <span className="standing">
        <span className="soft">{t.offers.noRecords}</span>
        {more}
      </span>
    );
  }
  const others = [
    [standing.late, t.offers.late],
    [standing.repaired, t.offers.repaired],
    [standing.broken, t.offers.broken],
  ] as const;
  const said = others.filter(([count]) => count > 0);
  return (
    <span className="standing">
      <span>
        {formatNumber(standing.kept)} {t.offers.kept}
      </span>
      {said.map(([count, word]) => (
        <span key={word}>
          {formatNumber(count)} {word}
        </span>
      ))}
      {said.length === 0 ? <span>{t.offers.noOthers}</span> : null}
      <span className="soft">{t.offers.fromRecords(records)}</span>
      {more}
    </span>
  );
}
