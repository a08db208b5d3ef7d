import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { SelectField } from '../../components/Select.tsx';
import { TimesField } from '../../components/TimesField.tsx';
import { t } from '../../i18n/index.ts';
import { AddOne, Chosen } from './AddOne.tsx';
import { counts, type StepDraft, stepOf } from './rule-draft.ts';
import { keyOf, sayStep } from './say.ts';
import { thingOf, useLabels, useThings } from './things.ts';

const KINDS = ['agreed', 'kept-promises', 'days-known', 'i-say-so'] as const;
const OFTEN = ['once', 'each-version'] as const;

interface StepProps {
  step: StepDraft;
  number: number;
  set: (change: Partial<StepDraft>) => void;
  drop: (() => void) | undefined;
}

/** One step as a sentence with gaps: when, give what, until when, how often. */
export function StepFields({ step, number, set, drop }: StepProps) {
  const labelOf = useLabels();
  const path = `steps.${number - 1}`;
  return (
    <fieldset className="rule-step" aria-label={t.rules.step(number)}>
      <h2>{t.rules.step(number)}</h2>
      <div className="sentence">
        <p className="words">{sayStep(stepOf(step), labelOf)}</p>
        <WhenFields path={path} step={step} set={set} />
        <GiveFields path={path} step={step} set={set} />
        <UntilFields path={path} step={step} set={set} />
        <SelectField
          label={t.rules.oftenLabel}
          value={step.howOften ?? 'once'}
          options={OFTEN.map((value) => ({ value, label: t.rules.oftenChoices[value] }))}
          onChange={(value) => set({ howOften: OFTEN.find((it) => it === value) ?? 'once' })}
        />
        <TimesField
          name={`${path}.times`}
          about={step.howOften === 'each-version' ? t.rules.timesEach : t.grants.timesHint}
          value={step.times}
          onChange={(times) => set({ times })}
        />
        <Check
          label={t.rules.unasked}
          about={t.rules.unaskedAbout}
          value={step.alsoUnasked ?? false}
          onChange={(alsoUnasked) => set({ alsoUnasked })}
        />
        {drop ? (
          <div className="acts">
            <Button small onPress={drop}>
              {t.rules.dropStep(number)}
            </Button>
          </div>
        ) : null}
      </div>
    </fieldset>
  );
}

type Part = Pick<StepProps, 'step' | 'set'> & {
  /** Under which a refusal speaks of it. */
  path: string;
};

function WhenFields({ path, step, set }: Part) {
  const { kind, of } = step;
  const isShop = kind === 'kept-promises';
  const choices = t.rules.countOfChoices;
  return (
    <>
      <SelectField
        label={t.rules.whenLabel}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t.rules.when[value] }))}
        onChange={(value) => set({ kind: KINDS.find((it) => it === value) ?? 'agreed' })}
      />
      {counts(kind) ? (
        <TextField
          name={`${path}.when.atLeast`}
          type="number"
          min="1"
          label={isShop ? t.rules.howMany : t.rules.howManyDays}
          value={step.atLeast}
          onChange={(atLeast) => set({ atLeast })}
        />
      ) : null}
      {isShop ? (
        <SelectField
          label={t.rules.countOf}
          hint={of === 'shop' ? t.rules.countOfHint : undefined}
          value={of}
          options={[
            { value: 'shop', label: choices.shop },
            { value: 'relationship', label: choices.relationship },
          ]}
          onChange={(value) => set({ of: value === 'shop' ? 'shop' : 'relationship' })}
        />
      ) : null}
    </>
  );
}

function GiveFields({ path, step, set }: Part) {
  const { gives } = step;
  const labelOf = useLabels();
  const things = useThings(gives);
  const add = (choice: string) => {
    const thing = thingOf(choice);
    if (thing) set({ gives: [...gives, thing] });
  };
  return (
    <>
      <AddOne
        name={`${path}.gives`}
        label={t.rules.giveLabel}
        choose={t.rules.giveChoose}
        options={things}
        onAdd={add}
      />
      <Chosen
        label={t.rules.chosen}
        rows={gives.map((it) => ({ key: keyOf(it), label: labelOf(it) }))}
        act={t.rules.leaveOut}
        actOf={t.rules.takeAway}
        onDrop={(key) => set({ gives: gives.filter((one) => keyOf(one) !== key) })}
      />
    </>
  );
}

function UntilFields({ path, step, set }: Part) {
  const { untilDays } = step;
  const choices = t.rules.untilChoices;
  return (
    <>
      <SelectField
        label={t.rules.untilLabel}
        value={untilDays === undefined ? 'end' : 'days'}
        options={[
          { value: 'end', label: choices.end },
          { value: 'days', label: choices.days },
        ]}
        onChange={(value) => set({ untilDays: value === 'days' ? '90' : undefined })}
      />
      {untilDays === undefined ? null : (
        <TextField
          name={`${path}.untilDays`}
          type="number"
          min="1"
          label={t.rules.untilHowMany}
          value={untilDays}
          onChange={(days) => set({ untilDays: days })}
        />
      )}
    </>
  );
}
