import { useAct, useAsk } from '../../api/queries.ts';
import type { ReleaseRow } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { ToRecovery } from '../devices/ToRecovery.tsx';

const AT_ONCE = 50;

/** What a rule asks me about before it gives it; both answers have the same size. */
export function Waiting() {
  const asked = useAsk('list-releases', { state: 'waiting', limit: AT_ONCE }).data;
  const rows = asked?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t.rules.waitingTitle}>
      <ul className="bare stack" data-wide>
        {rows.map((row) => (
          <li key={row.id}>
            <OneWaiting row={row} />
          </li>
        ))}
      </ul>
      {asked?.next === undefined ? null : (
        <p className="sans waiting-more">{t.rules.waitingMore(rows.length)}</p>
      )}
    </Section>
  );
}

function OneWaiting({ row }: { row: ReleaseRow }) {
  const answer = useAct('answer-release');
  const say = useSay();
  const { label, with: who } = row;
  const act = async (said: 'give' | 'decline') => {
    if (!(await answer.run({ release: row.id, answer: said }))) return;
    say({ text: said === 'give' ? t.rules.gaveIt(label, who) : t.rules.declinedIt(label, who) });
  };
  return (
    <div className="stack">
      <p>
        <strong>{t.rules.waitingLine(label, who)}</strong>{' '}
        {t.rules.waitingFor(
          row.ruleName,
          row.purpose,
          row.until === undefined ? t.rules.untilEnd : t.rules.untilDay(formatDay(row.until)),
          row.times === undefined ? '' : t.rules.often(row.times),
        )}
      </p>
      <Problem failure={answer.failure} />
      <ToRecovery failure={answer.failure} />
      <div className="acts" data-even>
        <Button label={t.rules.giveOf(label, who)} isBusy={answer.isBusy} onPress={() => act('give')}>
          {t.rules.give}
        </Button>
        <Button label={t.rules.declineOf(label, who)} isBusy={answer.isBusy} onPress={() => act('decline')}>
          {t.rules.decline}
        </Button>
      </div>
    </div>
  );
}
