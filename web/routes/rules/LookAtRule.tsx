import { useNavigate, useParams } from 'react-router';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Rule } from '../../api/shapes.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { State } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { ToRecovery } from '../devices/ToRecovery.tsx';
import { NoRule } from './NoRule.tsx';
import { usePreviewPages } from './preview-pages.ts';
import { RulePreview } from './RulePreview.tsx';
import { RuleSentences, SwitchOff } from './Rules.tsx';
import { RuleTrial } from './RuleTrial.tsx';
import { useLabels } from './things.ts';

/** A rule before it acts: what it says, what it would give now and to whom, what it would have given; then the switch. */
export default function LookAtRule() {
  const { id = '' } = useParams();
  const asked = useAsk('list-rules', {});
  const labelOf = useLabels();
  const rule = asked.data?.rules.find((it) => it.id === id);
  const back = { to: '/data/rules', place: t.rules.title };
  if (!rule) return <NoRule title={t.rules.title} asked={asked} />;
  return (
    <Page
      title={rule.name}
      back={back}
      acts={<LinkButton to={`/data/rules/${id}/change`}>{t.rules.edit}</LinkButton>}
    >
      <div className="rule">
        <RuleSentences rule={rule} labelOf={labelOf} />
      </div>
      <Switching rule={rule} />
      <Section title={t.rules.tryTitle}>
        <RuleTrial rule={id} />
      </Section>
    </Page>
  );
}

/** The button comes after what it would give, says how much of it was not looked at, and takes what was seen with it. */
function Switching({ rule }: { rule: Rule }) {
  const pages = usePreviewPages(rule.id);
  const on = useAct('switch-rule');
  const say = useSay();
  const navigate = useNavigate();
  const { preview } = pages;
  const seen = preview?.seen;
  const act = async () => {
    if (seen === undefined || !(await on.run({ rule: rule.id, on: true, seen }))) return;
    say({ text: t.rules.switchedOn(rule.name) });
    navigate('/data/rules');
  };
  return (
    <Section title={t.rules.previewTitle}>
      <Problem failure={pages.failure} again={pages.again} />
      {preview ? (
        <RulePreview preview={preview} isOn={rule.isOn} />
      ) : (
        <p className="hint">{t.frame.loading}</p>
      )}
      {preview?.next === undefined ? null : (
        <div className="stack switching">
          <p role="status">
            <strong>{t.rules.previewUnseen(preview.rows.length, preview.counts.receivers)}</strong>
          </p>
          <div className="acts">
            <Button isBusy={pages.isBusy} onPress={pages.more}>
              {t.rules.tryMore}
            </Button>
          </div>
        </div>
      )}
      {rule.isOn ? (
        <div className="stack switching">
          <State mark="full">{t.rules.isOn}</State>
          <SwitchOff rule={rule} />
        </div>
      ) : (
        <div className="stack switching">
          <Problem failure={on.failure} />
          <ToRecovery failure={on.failure} />
          <div className="acts">
            <Button kind="act" isOff={seen === undefined} isBusy={on.isBusy} onPress={act}>
              {t.rules.switchOn}
            </Button>
          </div>
          <p className="hint">{t.rules.switchOnHint}</p>
        </div>
      )}
    </Section>
  );
}
