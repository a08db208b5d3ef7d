import type { ReactNode } from 'react';
import type { DraftState } from '../../api/drafts.tsx';
import type { Draft, IntentFields, Question } from '../../api/shapes.ts';
import { Choices } from '../../components/Choices.tsx';
import { t } from '../../i18n/index.ts';
import { FieldsEditor } from './FieldsEditor.tsx';
import { changed, type FieldsChange, type WantDraft } from './want-draft.ts';

/** The sentence with what was understood underlined, the questions left, and every field to correct. */
export function Reading(props: { draft: DraftState<WantDraft>; reading: Draft; fields: IntentFields }) {
  const { draft, reading, fields } = props;
  const setFields = (change: FieldsChange) => draft.set({ fields: changed(fields, change) });
  return (
    <div className="stack" data-wide>
      <p className="gloss words">{glossed(reading)}</p>
      <p className="hint">{reading.understood.length > 0 ? t.wants.readingLead : t.wants.notUnderstood}</p>
      {reading.questions.length > 0 ? (
        <div className="questions">
          <h3>{t.wants.questionsTitle}</h3>
          {reading.questions.map((question) => (
            <Choices
              key={question.field}
              label={question.question}
              value={draft.value.answers[question.field] ?? null}
              choices={question.choices.map(({ value, label }) => ({ value, label }))}
              onChange={(value) =>
                draft.set({
                  fields: changed(fields, chosen(question, value)),
                  answers: { ...draft.value.answers, [question.field]: value },
                })
              }
            />
          ))}
        </div>
      ) : null}
      <FieldsEditor key={reading.sentence} fields={fields} reading={reading} onChange={setFields} />
    </div>
  );
}

/** What a choice puts over the fields. */
function chosen(question: Question, value: string): FieldsChange {
  return question.choices.find((choice) => choice.value === value)?.fields ?? {};
}

/** Each understood stretch of the sentence with its meaning set beneath it, as in a glossed text. */
function glossed(reading: Draft): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  const spans = [...reading.understood].sort((a, b) => a.from - b.from);
  for (const span of spans) {
    if (span.from < at) continue;
    parts.push(reading.sentence.slice(at, span.from));
    parts.push(
      <ruby key={span.from}>
        {reading.sentence.slice(span.from, span.to)}
        <rt>{t.wants.spans[span.field]}</rt>
      </ruby>,
    );
    at = span.to;
  }
  parts.push(reading.sentence.slice(at));
  return parts;
}
