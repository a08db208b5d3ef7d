import type { Rule, RuleDraft, RuleStep } from '../../api/shapes.ts';
import { isTimes } from '../../components/TimesField.tsx';

/** A step in a form: numbers are what was typed, and each has a key of its own. */
export interface StepDraft extends Omit<RuleStep, 'when' | 'untilDays' | 'times'> {
  key: number;
  kind: RuleStep['when']['kind'];
  atLeast: string;
  of: 'relationship' | 'shop';
  untilDays: string | undefined;
  times: string | undefined;
}

export interface RuleForm extends Omit<RuleDraft, 'steps'> {
  steps: readonly StepDraft[];
}

export function newStep(steps: readonly StepDraft[]): StepDraft {
  const key = Math.max(0, ...steps.map((step) => step.key)) + 1;
  const plain = { gives: [], alsoUnasked: false, howOften: 'once' as const };
  const open = { untilDays: undefined, times: undefined };
  return {
    key,
    kind: steps.length === 0 ? 'agreed' : 'kept-promises',
    atLeast: '1',
    of: 'shop',
    ...plain,
    ...open,
  };
}

export const NEW_RULE: RuleForm = {
  name: '',
  whom: { kind: 'market-vendors', relationships: [] },
  purpose: '',
  steps: [newStep([])],
};

export function formOf(rule: Rule): RuleForm {
  const { name, whom, purpose, steps } = rule;
  return {
    ...{ name, whom, purpose },
    steps: steps.map(({ when, untilDays, times, ...step }, index) => ({
      ...step,
      ...{ key: index + 1, kind: when.kind, atLeast: String(when.atLeast), of: when.of },
      untilDays: untilDays === undefined ? undefined : String(untilDays),
      times: times === undefined ? undefined : String(times),
    })),
  };
}

export function ruleOf({ steps, ...rule }: RuleForm): RuleDraft {
  return { ...rule, steps: steps.map(stepOf) };
}

export function stepOf({ key: _key, kind, atLeast, of, untilDays, times, ...step }: StepDraft): RuleStep {
  return {
    ...step,
    when: { kind, atLeast: counts(kind) ? Number(atLeast) : 1, of },
    ...(untilDays === undefined ? {} : { untilDays: Number(untilDays) }),
    ...(times === undefined ? {} : { times: Number(times) }),
  };
}

export function counts(kind: StepDraft['kind']): boolean {
  return kind === 'kept-promises' || kind === 'days-known';
}

/** Whether everything that a rule needs is there. */
export function isWhole({ name, purpose, steps, whom }: RuleForm): boolean {
  const isCount = (text: string): boolean => /^[1-9][0-9]{0,3}$/.test(text);
  const isSaid = name.trim() !== '' && purpose.trim() !== '' && steps.length > 0;
  const isFor = whom.kind !== 'relationships' || (whom.relationships ?? []).length > 0;
  return (
    isSaid &&
    isFor &&
    steps.every(
      (step) =>
        step.gives.length > 0 &&
        (!counts(step.kind) || isCount(step.atLeast)) &&
        (step.untilDays === undefined || isCount(step.untilDays)) &&
        (step.times === undefined || isTimes(step.times)),
    )
  );
}
