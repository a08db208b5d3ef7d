import { useAct, useAsk } from '../../api/queries.ts';
import type { Rule } from '../../api/shapes.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { State } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { Examples } from './Examples.tsx';
import { Never } from './Never.tsx';
import { Releases } from './Releases.tsx';
import { keyOf, type LabelOf, sayStep, sayWhom } from './say.ts';
import { useLabels } from './things.ts';
import { Waiting } from './Waiting.tsx';

/** What others get as trust grows: my rules as sentences, what I never give, and what the rules did. */
export default function Rules() {
  const asked = useAsk('list-rules', {});
  const labelOf = useLabels();
  const rules = asked.data?.rules ?? [];
  return (
    <Page
      title={t.rules.title}
      lead={t.rules.lead}
      back={{ to: '/data', place: t.data.title }}
      acts={
        <LinkButton kind="act" to="/data/rules/new">
          {t.rules.add}
        </LinkButton>
      }
    >
      <Problem failure={asked.failure} again={asked.again} />
      <Waiting />
      {asked.data && rules.length === 0 ? <Examples labelOf={labelOf} /> : null}
      <ol className="bare rules" aria-label={t.rules.title}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <OneRule rule={rule} labelOf={labelOf} />
          </li>
        ))}
      </ol>
      {asked.data ? <Never never={asked.data.never} /> : null}
      <Section title={t.rules.doneTitle}>
        <Releases />
      </Section>
    </Page>
  );
}

function OneRule({ rule, labelOf }: { rule: Rule; labelOf: LabelOf }) {
  return (
    <article className="rule" aria-label={rule.name}>
      <div className="rule-head">
        <h2>{rule.name}</h2>
        <State mark={rule.isOn ? 'full' : 'open'}>{rule.isOn ? t.rules.on : t.rules.off}</State>
      </div>
      <RuleSentences rule={rule} labelOf={labelOf} />
      {rule.whyOff ? <p className="sans soft">{t.rules.whyOff[rule.whyOff]}</p> : null}
      <RuleActs rule={rule} />
    </article>
  );
}

/** What a rule says, as sentences. */
export function RuleSentences({
  rule,
  labelOf,
}: {
  rule: Pick<Rule, 'whom' | 'purpose' | 'steps'>;
  labelOf: LabelOf;
}) {
  return (
    <>
      <p className="rule-whom">{sayWhom(rule)}</p>
      <ol className="rule-steps">
        {rule.steps.map((step) => (
          <li key={`${step.when.kind} ${step.gives.map(keyOf).join()}`}>{sayStep(step, labelOf)}</li>
        ))}
      </ol>
    </>
  );
}

export function SwitchOff({ rule }: { rule: Rule }) {
  const off = useAct('switch-rule');
  const say = useSay();
  const act = async () => {
    if (await off.run({ rule: rule.id, on: false })) say({ text: t.rules.switchedOff(rule.name) });
  };
  return (
    <>
      <Button small label={t.rules.switchOffOf(rule.name)} isBusy={off.isBusy} onPress={act}>
        {t.rules.switchOff}
      </Button>
      <Problem failure={off.failure} />
    </>
  );
}

function RuleActs({ rule }: { rule: Rule }) {
  const remove = useAct('remove-rule');
  const restore = useAct('restore-rule');
  const say = useSay();
  const doRemove = async () => {
    if (!(await remove.run({ rule: rule.id }))) return;
    say({ text: t.rules.removed(rule.name), undo: () => restore.run({ rule: rule.id }) });
  };
  return (
    <>
      <Problem failure={remove.failure ?? restore.failure} />
      <div className="acts">
        {rule.isOn ? (
          <SwitchOff rule={rule} />
        ) : (
          <LinkButton small kind="act" to={`/data/rules/${rule.id}`} label={t.rules.lookOf(rule.name)}>
            {t.rules.look}
          </LinkButton>
        )}
        <LinkButton small to={`/data/rules/${rule.id}/change`} label={t.rules.editOf(rule.name)}>
          {t.rules.edit}
        </LinkButton>
        <Button small label={t.rules.removeOf(rule.name)} isBusy={remove.isBusy} onPress={doRemove}>
          {t.rules.remove}
        </Button>
      </div>
    </>
  );
}
