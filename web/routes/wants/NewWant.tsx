import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { type DraftState, useDraft } from '../../api/drafts.tsx';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { AreaField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { reveal } from '../../components/reveal.ts';
import { t } from '../../i18n/index.ts';
import { Preview } from './Preview.tsx';
import { Reading } from './Reading.tsx';
import { fieldsOf, NEW_WANT, openQuestions, type WantDraft } from './want-draft.ts';

/** A want, written in one sentence, corrected, seen with the market's eyes, and cast. */
export default function NewWant() {
  const draft = useDraft<WantDraft>('new-want', NEW_WANT);
  const { value } = draft;
  const isReady =
    value.fields !== undefined && value.fields.category !== '' && openQuestions(value).length === 0;
  return (
    <Page title={t.wants.newTitle} back={{ to: '/wants', place: t.wants.title }}>
      <SentenceStep draft={draft} />
      {value.reading && value.fields ? (
        <Section title={t.wants.step2} id="reading">
          <Reading draft={draft} reading={value.reading} fields={value.fields} />
          {value.isPreviewed && isReady ? null : (
            <div className="acts section-acts">
              <Button
                kind="act"
                isOff={!isReady}
                onPress={() => {
                  draft.set({ isPreviewed: true });
                  reveal('preview');
                }}
              >
                {t.wants.see}
              </Button>
              {value.fields.category === '' ? <span className="hint">{t.wants.needCategory}</span> : null}
            </div>
          )}
        </Section>
      ) : null}
      {value.isPreviewed && isReady && value.fields ? (
        <Section title={t.wants.step3} id="preview">
          <Preview fields={value.fields} onDone={draft.clear} />
        </Section>
      ) : null}
    </Page>
  );
}

function SentenceStep({ draft }: { draft: DraftState<WantDraft> }) {
  const read = useAct('draft-intent');
  const { value } = draft;
  const submit = async (sentence: string) => {
    const reading = await read.run({ sentence, zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
    if (!reading) return;
    draft.set({ sentence, reading, fields: fieldsOf(reading), answers: {}, isPreviewed: false });
    reveal('reading');
  };
  useHandedOver(submit, draft);
  return (
    <Form
      failure={read.failure}
      wide
      onSubmit={() => void submit(value.sentence.trim())}
      acts={
        <Button
          kind={value.reading ? 'plain' : 'act'}
          type="submit"
          isBusy={read.isBusy}
          isOff={value.sentence.trim() === '' || value.reading?.sentence === value.sentence.trim()}
        >
          {value.reading ? t.wants.readAgain : t.wants.read}
        </Button>
      }
    >
      <div className="sentence">
        <AreaField
          name="sentence"
          label={t.wants.sentence}
          hint={t.wants.sentenceHint}
          placeholder={t.today.askExample}
          value={value.sentence}
          onChange={(sentence) => draft.set({ sentence })}
          isWords
          rows={2}
          maxLength={500}
          autoFocus={!value.reading}
        />
      </div>
    </Form>
  );
}

/** A sentence handed over from Today is read at once, one time. */
function useHandedOver(submit: (sentence: string) => Promise<void>, draft: DraftState<WantDraft>): void {
  const state: unknown = useLocation().state;
  const isTaken = useRef(false);
  useEffect(() => {
    if (isTaken.current || typeof state !== 'object' || state === null || !('sentence' in state)) return;
    isTaken.current = true;
    const sentence = String(state.sentence);
    if (sentence === '' || draft.value.reading?.sentence === sentence) return;
    draft.replace({ ...NEW_WANT, sentence });
    void submit(sentence);
  });
}
