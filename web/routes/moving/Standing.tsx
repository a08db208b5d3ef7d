import type { Move } from '../../api/shapes.ts';
import { Facts } from '../../components/Facts.tsx';
import { sizeInWords } from '../../components/FileField.tsx';
import { When } from '../../components/figures.tsx';
import { t } from '../../i18n/index.ts';

/** Where a move stands, in words, and what can be done about it. */
export function Standing({ move }: { move: Move }) {
  return (
    <div className="stack" role="status">
      <p>
        <strong>{move.message}</strong> {move.next}
      </p>
      <Facts
        facts={[
          move.host === '' ? undefined : [t.moving.other, move.host],
          [t.moving.since, <When key="since" at={move.changedAt} />],
          move.size === undefined || move.sent === 0
            ? undefined
            : [t.moving.sent, t.moving.of(sizeInWords(move.sent), sizeInWords(move.size))],
          move.problem === undefined
            ? undefined
            : [t.moving.problem, <code key="problem">{move.problem}</code>],
        ]}
      />
    </div>
  );
}
