import { useNavigate, useParams } from 'react-router';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Intent } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Sample, When } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';
import { Offers } from './Offers.tsx';
import { WantState } from './WantState.tsx';

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
      <Offers intent={intent} />
      {intent.state === 'open' || intent.state === 'held' ? <Close intent={intent} /> : null}
    </Page>
  );
}

function Standing({ intent }: { intent: Intent }) {
  const widen = useAct('widen-intent');
  const say = useSay();
  const act = async () => {
    const widened = await widen.run({ id: intent.id });
    if (widened) say({ text: t.wants.happened[widened.happened] });
  };
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
      {intent.state === 'held' ? (
        <div className="stack">
          <p>{t.wants.heldSay}</p>
          <Problem failure={widen.failure} />
          <div className="acts">
            <Button kind="act" onPress={() => void act()} isBusy={widen.isBusy}>
              {t.wants.widenAct}
            </Button>
            <span className="hint">{t.wants.widenAbout}</span>
          </div>
        </div>
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
    <Section title={t.wants.closeAct}>
      <Problem failure={close.failure} />
      <TwoSteps
        act={t.wants.closeAct}
        ask={t.wants.closeAsk}
        now={t.wants.closeAct}
        isBusy={close.isBusy}
        onDo={() => void act()}
      />
    </Section>
  );
}
