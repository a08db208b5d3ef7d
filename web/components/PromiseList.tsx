import type { AcceptPreview } from '../api/shapes.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Money } from './figures.tsx';

/** What one side of a deal promises, each with its worth and its day. */
export function PromiseList({
  does,
  side,
}: {
  does: AcceptPreview['does'];
  side: AcceptPreview['does'][number]['side'];
}) {
  return (
    <ul className="bare promises">
      {does
        .filter((promise) => promise.side === side)
        .map((promise) => (
          <li key={promise.what}>
            {promise.what} <Money amount={promise.amount} />
            {promise.due === null ? null : (
              <span className="soft"> {t.offers.by(formatDate(promise.due))}</span>
            )}
          </li>
        ))}
    </ul>
  );
}
