import { useNavigate, useParams } from 'react-router';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Intent } from '../../api/shapes.ts';
import { Facts } from '../../components/Facts.tsx';
import { Sample, When } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';
import { Offers } from './Offers.tsx';
import { WantAgain } from './WantAgain.tsx';
import { WantState } from './WantState.tsx';
import { WidenWant } from './WidenWant.tsx';

/** One want: where it stands, and what has been offered, side by side. */
export default function Want() {
  const { id = '' } = useParams();
  const want = useAsk('get-intent', { id });
  if (!want.data) {
    return (
      <Page title={t.wants.want} back={{ to: '/wants', place: t.wants.title }}>
        <Problem failure={want.failure} again={want.again} />
      </Page>
    );
  }
  const intent = want.data;
  return (
    <Page
      title={intent.sentence}
      heading={<span className="words">{intent.sentence}</span>}
      back={{ to: '/wants', place: t.wants.title }}
    >
      <Standing intent={intent} />
      {intent.state === 'held' ? null : <Offers intent={intent} />}
      {intent.state === 'open' || intent.state === 'held' ? <Close intent={intent} /> : null}
      {intent.state === 'expired' || intent.state === 'closed' ? <WantAgain intent={intent} /> : null}
    </Page>
  );
}

function Standing({ intent }: { intent: Intent }) {
  return (
    <div className="stack">
      <Facts
        isAcross
        facts={[
          [t.wants.state, <WantState key="s" state={intent.state} />],
          [
            t.wants.at,
            <span key="m">
              {intent.market.name} <Sample is={intent.market.isSample} />
            </span>,
          ],
          intent.castAt === undefined ? undefined : [t.wants.castAt, <When key="c" at={intent.castAt} />],
          [t.wants.until, <When key="u" at={intent.until} />],
          intent.atLeast === undefined
            ? undefined
            : [t.wants.step3, t.wants.confused(intent.atLeast, intent.unitOfCount)],
        ]}
      />
      {intent.ended ? <p>{intent.ended}</p> : null}
      {intent.endReason ? <p>{t.wants.endReasons[intent.endReason]}</p> : null}
      {intent.state === 'held' ? (
        <>
          <p>{t.wants.heldSay}</p>
          <WidenWant intent={intent} />
        </>
      ) : null}
    </div>
  );
}

function Close({ intent }: { intent: Intent }) {
  const close = useAct('close-intent');
  const say = useSay();
  const navigate = useNavigate();
  const act = async () => {
    if (!(await close.run({ id: intent.id }))) return;
    say({ text: t.wants.isClosed });
    navigate('/wants');
  };
  return (
    <Section title={t.wants.change}>
      <div className="stack" data-wide>
        {intent.state === 'open' ? <WidenWant intent={intent} /> : null}
        <Problem failure={close.failure} />
        <TwoSteps
          act={t.wants.closeAct}
          ask={t.wants.closeAsk}
          now={t.wants.closeAct}
          isBusy={close.isBusy}
          onDo={act}
        />
      </div>
    </Section>
  );
}
