import { isCurrency } from '../kernel/amount.ts';
import { dayPast, daysBetween, endOfDay } from '../kernel/civil.ts';
import type { Instant } from '../kernel/clock.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { continentOf } from '../places/index.ts';
import { dayOf } from './cell-rules.ts';
import { intentLimits } from './limits.ts';
import type { IntentFields } from './model.ts';

/** What is needed to tell whether a want makes sense. */
export interface FieldKnowledge {
  /** The kind of a category; undefined when there is none of that id. */
  categoryKind(id: string): 'goods' | 'service' | undefined;
}

/**
 * Whether the fields make sense together. Fails with `category-unknown`, `category-kind-differs`,
 * `radius-without-place`, `place-unknown`, `units-differ`, `budget-upside-down`, `give-is-money`, `date-past`,
 * `date-too-far` or `window-upside-down`, naming the field.
 */
export function checkFields(fields: IntentFields, now: Instant, know: FieldKnowledge): Result<IntentFields> {
  return (
    firstFailure([
      () => checkCategory(fields, know),
      () => checkPlace(fields),
      () => checkBudget(fields),
      () => checkWindow(fields, now),
    ]) ?? ok(fields)
  );
}

type Check = () => Result<true>;

function firstFailure(checks: readonly Check[]): Result<never> | undefined {
  for (const check of checks) {
    const result = check();
    if (!result.ok) return result;
  }
  return undefined;
}

function checkCategory(fields: IntentFields, know: FieldKnowledge): Result<true> {
  const kind = know.categoryKind(fields.category);
  if (kind === undefined) {
    return refuse(
      'category-unknown',
      'There is no such category.',
      'Choose one of those proposed.',
      'fields.category',
    );
  }
  if (kind === fields.kind) return ok(true);
  const said = fields.kind === 'goods' ? 'a thing' : 'a service';
  const next = `Choose a category of ${fields.kind === 'goods' ? 'things' : 'services'}, or change the kind.`;
  return refuse(
    'category-kind-differs',
    `You want ${said}, and the category is not one.`,
    next,
    'fields.category',
  );
}

function checkPlace(fields: IntentFields): Result<true> {
  if (!fields.place) {
    if (fields.radiusKm === undefined) return ok(true);
    const next = 'Name the place, or leave the distance out.';
    return refuse(
      'radius-without-place',
      'A distance needs a place to be measured from.',
      next,
      'fields.radiusKm',
    );
  }
  if (continentOf(fields.place.country) !== undefined) return ok(true);
  return refuse(
    'place-unknown',
    'That country is not known.',
    'Choose one of the places proposed.',
    'fields.place',
  );
}

function checkBudget(fields: IntentFields): Result<true> {
  const { max, min } = fields.budget ?? {};
  if (max && min && max.unit !== min.unit) {
    const message = `At least ${min.unit} and at most ${max.unit} cannot be compared.`;
    return refuse('units-differ', message, 'Use one unit for both.', 'fields.budget');
  }
  if (max && min && BigInt(min.value) > BigInt(max.value)) {
    const message = 'The least you would give is more than the most.';
    return refuse('budget-upside-down', message, 'Swap them, or leave one out.', 'fields.budget');
  }
  if (!fields.give || !isCurrency(fields.give.unit)) return ok(true);
  return refuse(
    'give-is-money',
    'Money is a budget and not something given instead.',
    'Move it there.',
    'fields.give',
  );
}

function checkWindow(fields: IntentFields, now: Instant): Result<true> {
  const { from, until } = fields.window ?? {};
  if (until !== undefined && endOfDay(until) <= now) return dayPast('fields.window.until', until);
  if (from !== undefined && endOfDay(from) <= now) return dayPast('fields.window.from', from);
  const last = until ?? from;
  if (last !== undefined && daysBetween(dayOf(now), last) > intentLimits.daysAhead) {
    const next = `Choose a day within ${intentLimits.daysAhead} days.`;
    return refuse('date-too-far', `${last} is too far ahead for a want.`, next, 'fields.window');
  }
  if (from === undefined || until === undefined || from <= until) return ok(true);
  return refuse('window-upside-down', 'It ends before it begins.', 'Swap the two days.', 'fields.window');
}

function refuse(code: string, message: string, next: string, field: string): Result<never> {
  return fail(code, message, next, { [field]: message });
}
