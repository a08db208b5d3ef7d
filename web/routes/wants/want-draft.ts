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
  const open: IntentFields = {
    kind: 'goods',
    category: '',
    quantity: 1,
    attributes: {},
    requiredTerms: [],
    words: draft.sentence,
  };
  return changed(open, draft.fields);
}

/** Some fields anew; undefined takes a field away. */
export type FieldsChange = { [K in keyof IntentFields]?: IntentFields[K] | undefined };
export type ChangeFields = (change: FieldsChange) => void;

export function changed(fields: IntentFields, change: FieldsChange): IntentFields {
  const next = Object.entries({ ...fields, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(next) as unknown as IntentFields; // only optional fields are ever taken away
}

/** Questions nobody has answered yet. */
export function openQuestions(draft: WantDraft): Question[] {
  return draft.reading?.questions.filter((question) => draft.answers[question.field] === undefined) ?? [];
}
