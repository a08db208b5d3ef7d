import { Link } from 'react-router';
import { useAsk } from '../../api/queries.ts';
import type { Today as TodayOf } from '../../api/shapes.ts';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';
import { AskWant } from './AskWant.tsx';
import { CameBack } from './CameBack.tsx';
import { Stands } from './Stands.tsx';
import { useTodos } from './todos.ts';
import { Waiting } from './Waiting.tsx';

/** What waits for me at the start side, what I wait for across the fold, and how things stand. */
export default function Today() {
  const today = useAsk('show-today', {});
  return (
    <Page title={t.today.title}>
      <AskWant />
      <Problem failure={today.failure} again={today.again} />
      {today.data ? (
        <>
          {today.data.restored ? <CameBack note={today.data.restored} /> : null}
          <BothSides today={today.data} />
          <Section
            title={t.today.stands}
            side={<Link to="/relationships/sharing">{t.relationships.sharing}</Link>}
          >
            <Stands today={today.data} />
          </Section>
        </>
      ) : null}
    </Page>
  );
}

function BothSides({ today }: { today: TodayOf }) {
  const todos = useTodos(today);
  return (
    <div className="sides section">
      <section className="side" aria-label={t.today.waitingForMe}>
        <h2>{t.today.waitingForMe}</h2>
        <Waiting todos={todos.mine} nothing={t.today.nothingForMe} />
      </section>
      <section className="side" aria-label={t.today.waitingForOthers}>
        <h2>{t.today.waitingForOthers}</h2>
        <Waiting todos={todos.theirs} nothing={t.today.nothingForOthers} />
      </section>
    </div>
  );
}
