import { z } from 'zod';
import type { Categories } from '../../categories/index.ts';
import type { CivilDate } from '../../kernel/civil.ts';
import type { PlaceHint, Places } from '../../places/index.ts';
import { IntentFields, IntentPlace } from '../model.ts';
import type { Span } from './sentence.ts';

/** What a reader may look things up in. */
export interface ReaderSources {
  readonly categories: Pick<Categories, 'get' | 'search' | 'ancestors' | 'isWithin' | 'attributesOf'>;
  readonly places: Pick<Places, 'scanNames' | 'describe' | 'countryName'>;
}

/** What is known about the person who writes: today's date where they are, their country, where they usually are. */
export interface ReaderContext extends PlaceHint {
  readonly today: CivilDate;
}

export const AskedField = z.enum(['place', 'category', 'price', 'date']);
export type AskedField = z.infer<typeof AskedField>;

export const UnderstoodField = z.enum([...AskedField.options, 'radius', 'give', 'quantity', 'attribute']);
export type UnderstoodField = z.infer<typeof UnderstoodField>;

const { quantity, attributes, words, requiredTerms } = IntentFields.shape;

/** What was read, and nothing that a want would have by default. */
export const DraftFields = IntentFields.extend({
  quantity: quantity.unwrap(),
  attributes: attributes.unwrap(),
  words: words.unwrap(),
  requiredTerms: requiredTerms.unwrap(),
}).partial();
export type DraftFields = z.infer<typeof DraftFields>;

export const Question = z.object({
  field: AskedField,
  question: z.string(),
  choices: z.array(
    z.object({
      label: z.string(),
      value: z.string().describe('What tells this choice from the others.'),
      fields: DraftFields.describe('What the choice puts over the fields of the draft.'),
    }),
  ),
});
export type Question = z.infer<typeof Question>;

export const Understood = z.object({
  from: z.int().min(0),
  to: z.int().min(0),
  field: UnderstoodField,
  text: z.string().describe('What was understood, in words.'),
});
export type Understood = z.infer<typeof Understood>;

/** What a sentence was understood to want, for its writer to correct. */
export const Draft = z.object({
  sentence: z.string(),
  fields: DraftFields,
  categories: z.array(z.object({ id: z.string(), path: z.string(), score: z.number() })),
  places: z.array(IntentPlace),
  questions: z.array(Question),
  understood: z.array(Understood).describe('Parts of the sentence, in UTF-16 units, in order.'),
});
export type Draft = z.infer<typeof Draft>;

/** A part of the sentence and what it was read as; silent parts carry no text. */
export interface Found extends Span {
  readonly field: UnderstoodField;
  readonly text: string;
}
