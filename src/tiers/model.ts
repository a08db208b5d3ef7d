import { z } from 'zod';
import { Times } from '../grants/index.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import { Category, PropertyName } from '../vault/index.ts';
import { TIER_LIMITS } from './limits.ts';

/** Something of my data: one item, all under one property, or a whole category. */
export const Named = z
  .strictObject({
    kind: z.enum(['item', 'property', 'category']),
    value: z.string().max(64).describe('The id of the item, the property, or the category.'),
  })
  .refine(({ kind, value }) => {
    const schema = kind === 'item' ? id : kind === 'property' ? PropertyName : Category;
    return schema.safeParse(value).success;
  }, 'This is not an item, a property or a category.');
export type Named = z.infer<typeof Named>;

export const When = z.strictObject({
  kind: z.enum(['agreed', 'kept-promises', 'days-known', 'i-say-so']),
  atLeast: z
    .int()
    .min(1)
    .max(TIER_LIMITS.daysKnown)
    .default(1)
    .describe('How many promises they kept, or days we have known each other.'),
  of: z
    .enum(['relationship', 'shop'])
    .default('relationship')
    .describe('Whose promises count: those of this relationship, or of all with the same shop.'),
});
export type When = z.infer<typeof When>;

export const Step = z.strictObject({
  when: When,
  gives: z
    .array(Named)
    .min(1, 'Say what to give.')
    .max(TIER_LIMITS.gives)
    .refine(
      (all) => !all.some((it) => it.kind === 'category' && it.value === 'other'),
      'What has a name of your own is given thing by thing.',
    ),
  alsoUnasked: z
    .boolean()
    .default(false)
    .describe('Gives it also where they have not asked for it in what was agreed.'),
  untilDays: z
    .int()
    .min(1)
    .max(TIER_LIMITS.daysGiven)
    .optional()
    .describe('Days after the giving; until the relationship ends when left out.'),
  times: Times.optional().describe(
    'How often they may open each thing; as often as they like when left out. What each-version gives anew may be opened as often again.',
  ),
  howOften: z
    .enum(['once', 'each-version'])
    .default('once')
    .describe('Once, or again whenever the item changes, in place of what they had.'),
});
export type Step = z.infer<typeof Step>;

export const Whom = z.strictObject({
  kind: z.enum(['everybody', 'market-vendors', 'relationships', 'nobody']),
  relationships: z.array(id).max(TIER_LIMITS.named).default([]),
});
export type Whom = z.infer<typeof Whom>;

/** What a rule says. */
export const RuleContent = z.strictObject({
  name: line,
  whom: Whom,
  purpose: text.min(1, 'Say what it is for.').max(500),
  steps: z.array(Step).min(1, 'Write at least one step.').max(TIER_LIMITS.steps),
});
export type RuleContent = z.infer<typeof RuleContent>;

/** Why a rule was switched off by itself. */
export const WhyOff = z.enum(['changed', 'never-changed', 'restored']);
export type WhyOff = z.infer<typeof WhyOff>;

export const Rule = RuleContent.extend({
  id,
  isOn: z.boolean(),
  whyOff: WhyOff.optional().describe('Why it was switched off without my saying so.'),
  changedAt: instant,
});
export type Rule = z.infer<typeof Rule>;

/** Why something is given: which step, since when its condition holds, and how many were needed. */
export const Why = z.object({
  step: z.int().min(1),
  fact: When.shape.kind,
  atLeast: z.int().min(1),
  of: When.shape.of,
  since: instant,
});
export type Why = z.infer<typeof Why>;

/** What would be given, or was. */
export const Giving = z.object({
  item: id,
  property: line,
  label: line,
  purpose: text,
  askedFor: text.optional().describe('What they asked for it for, in their words; absent when nobody asked.'),
  until: instant.optional(),
  times: Times.optional(),
  isAsking: z.boolean().describe('It is given only when I say so.'),
  isNewVersion: z.boolean().describe('It takes the place of an earlier version of the same item.'),
  why: Why,
});
export type Giving = z.infer<typeof Giving>;

/** Why a step that is reached does not give something. */
export const NotGiven = z.object({
  property: line,
  label: line,
  reason: z.enum(['never', 'not-asked', 'given', 'taken-back', 'answered', 'uncounted']),
});
export type NotGiven = z.infer<typeof NotGiven>;

/** The next step that is not reached yet, what it would give, and how far it is. */
export const NextStep = z.object({
  step: z.int().min(1),
  when: When,
  have: z.int().min(0),
  gives: z.array(z.object({ property: line, label: line })),
});
export type NextStep = z.infer<typeof NextStep>;
