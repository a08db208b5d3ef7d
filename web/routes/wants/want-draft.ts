import type { Draft, IntentFields, Question } from '../../api/shapes.ts';

/** A want while it is written: the sentence, its last reading, and the fields as corrected. */
export interface WantDraft {
  sentence: string;
  reading: Draft | undefined;
  fields: IntentFields | undefined;
  /** Which questions have their answer, by field. */
  answers: Record<string, string>;
  isPreviewed: boolean;
}

export const NEW_WANT: WantDraft = {
  sentence: '',
  reading: undefined,
  fields: undefined,
  answers: {},
  isPreviewed: false,
};

/** The fields of a reading, made whole: what was not understood stays open, not guessed. */
export function fieldsOf(draft: Draft): IntentFields {
  return {
    kind: 'goods',
    category: '',
    quantity: 1,
    attributes: {},
    requiredTerms: [],
    ...draft.fields,
    words: draft.fields.words ?? draft.sentence,
  };
}

/** Some fields anew; undefined takes a field away. */
export type FieldsChange = { [K in keyof IntentFields]?: IntentFields[K] | undefined };

export function changed(fields: IntentFields, change: FieldsChange): IntentFields {
  const next = Object.entries({ ...fields, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(next) as unknown as IntentFields; // only optional fields are ever taken away
}

/** The fields after a question was answered with one of its choices. */
export function answered(
  fields: IntentFields,
  draft: Draft,
  field: Question['field'],
  value: string,
): IntentFields {
  switch (field) {
    case 'category':
      return { ...fields, category: value };
    case 'place': {
      const place = draft.places.find((candidate) => candidate.id === value);
      return place ? { ...fields, place } : fields;
    }
    case 'date':
      return { ...fields, window: { ...fields.window, until: value } };
    case 'price': {
      const max = fields.budget?.max;
      return max ? { ...fields, budget: { ...fields.budget, max: { ...max, unit: value } } } : fields;
    }
  }
}

/** Questions nobody has answered yet. */
export function openQuestions(draft: WantDraft): Question[] {
  return draft.reading?.questions.filter((question) => draft.answers[question.field] === undefined) ?? [];
}
