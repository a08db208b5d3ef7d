import { useNavigate, useParams } from 'react-router';
import { useDraft } from '../../api/drafts.tsx';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Rule } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Page } from '../../components/Page.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { NoRule } from './NoRule.tsx';
import { formOf, isWhole, NEW_RULE, newStep, type RuleForm, ruleOf, type StepDraft } from './rule-draft.ts';
import { StepFields } from './StepFields.tsx';
import { WhomFields } from './WhomFields.tsx';

/** A rule as sentences to fill in: a new one, or one of mine. */
export default function EditRule() {
  const { id } = useParams();
  const asked = useAsk('list-rules', {}, { off: id === undefined });
  const rule = asked.data?.rules.find((it) => it.id === id);
  if (id !== undefined && !rule) return <NoRule title={t.rules.editTitle} asked={asked} />;
  return <RuleFields key={id} rule={rule} />;
}

function RuleFields({ rule }: { rule: Rule | undefined }) {
  const put = useAct('put-rule');
  const navigate = useNavigate();
  const say = useSay();
  const draft = useDraft<RuleForm>(`rule ${rule?.id ?? 'new'}`, rule ? formOf(rule) : NEW_RULE);
  const { name, purpose, steps } = draft.value;
  const setStep = (key: number, change: Partial<StepDraft>) =>
    draft.set({ steps: steps.map((step) => (step.key === key ? { ...step, ...change } : step)) });
  const submit = async () => {
    const saved = await put.run({ ...ruleOf(draft.value), ...(rule ? { id: rule.id } : {}) });
    if (!saved) return;
    draft.clear();
    if (!saved.isOn) say({ text: t.rules.saved(saved.name) });
    navigate(`/data/rules/${saved.id}`);
  };
  return (
    <Page
      title={rule ? t.rules.editTitle : t.rules.newTitle}
      back={{ to: '/data/rules', place: t.rules.title }}
    >
      <Form
        wide
        failure={put.failure}
        onSubmit={() => void submit()}
        acts={
          <Button kind="act" type="submit" isBusy={put.isBusy} isOff={!isWhole(draft.value)}>
            {t.rules.save}
          </Button>
        }
      >
        <TextField
          name="name"
          label={t.rules.name}
          hint={t.rules.nameHint}
          value={name}
          onChange={(next) => draft.set({ name: next })}
          maxLength={200}
        />
        <WhomFields whom={draft.value.whom} set={(whom) => draft.set({ whom })} />
        <AreaField
          name="purpose"
          label={t.rules.purpose}
          hint={t.rules.purposeHint}
          value={purpose}
          onChange={(next) => draft.set({ purpose: next })}
          rows={2}
          maxLength={500}
        />
        {steps.map((step, index) => (
          <StepFields
            key={step.key}
            step={step}
            number={index + 1}
            set={(change) => setStep(step.key, change)}
            drop={
              steps.length > 1
                ? () => draft.set({ steps: steps.filter((it) => it.key !== step.key) })
                : undefined
            }
          />
        ))}
        <div className="acts">
          <Button onPress={() => draft.set({ steps: [...steps, newStep(steps)] })} isOff={steps.length >= 10}>
            {t.rules.addStep}
          </Button>
        </div>
      </Form>
    </Page>
  );
}
