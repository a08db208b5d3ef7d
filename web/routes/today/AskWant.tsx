import type { FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useDraft } from '../../api/drafts.tsx';
import { Button } from '../../components/Button.tsx';
import { AreaField } from '../../components/Field.tsx';
import { t } from '../../i18n/index.ts';

/** A want starts as one sentence, from the page one sees every day. */
export function AskWant() {
  const navigate = useNavigate();
  const draft = useDraft('today-sentence', { sentence: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sentence = draft.value.sentence.trim();
    draft.replace({ sentence: '' });
    draft.clear();
    navigate('/wants/new', { state: { sentence } });
  };
  return (
    <form className="ask-want" onSubmit={submit}>
      <AreaField
        label={t.today.ask}
        hint={t.today.askHint}
        placeholder={t.today.askExample}
        value={draft.value.sentence}
        onChange={(sentence) => draft.set({ sentence })}
        isWords
        rows={1}
        maxLength={500}
      />
      <Button kind="act" type="submit" isOff={draft.value.sentence.trim() === ''}>
        {t.today.read}
      </Button>
    </form>
  );
}
