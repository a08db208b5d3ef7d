import type { RosterEntry } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { t } from '../../i18n/index.ts';

/** The terms I proffer in their order, moved with buttons: dragging is for those who can. */
export function TermsOrder(props: {
  entries: readonly RosterEntry[];
  change: (ids: readonly string[]) => void;
}) {
  const ids = props.entries.map((entry) => entry.id);
  const move = (from: number, to: number) => {
    const next = [...ids];
    next.splice(to, 0, ...next.splice(from, 1));
    props.change(next);
  };
  return (
    <div className="stack">
      <p className="soft">{t.terms.orderLead}</p>
      <ol className="bare terms-order">
        {props.entries.map((entry, at) => (
          <li key={entry.id}>
            <span className="figure soft">{at === 0 ? t.terms.first : t.terms.other(at + 1)}</span>
            <span>
              {entry.name} <span className="sans soft">{entry.id}</span>
            </span>
            <span className="acts">
              <Button
                kind="line"
                label={t.terms.up(entry.name)}
                isOff={at === 0}
                onPress={() => move(at, at - 1)}
              >
                {t.terms.moveUp}
              </Button>
              <Button
                kind="line"
                label={t.terms.down(entry.name)}
                isOff={at === ids.length - 1}
                onPress={() => move(at, at + 1)}
              >
                {t.terms.moveDown}
              </Button>
              <Button
                kind="line"
                label={t.terms.drop(entry.name)}
                isOff={ids.length === 1}
                onPress={() => props.change(ids.filter((id) => id !== entry.id))}
              >
                {t.terms.takeOut}
              </Button>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
