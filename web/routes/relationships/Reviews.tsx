import { useState } from 'react';
import { useDraft } from '../../api/drafts.tsx';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Outcome, Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { AreaField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

const OUTCOMES: readonly Outcome[] = ['kept', 'late', 'repaired', 'broken'];

/** What each side wrote about how it went: one review each, once a promise was settled. */
export function Reviews({ relationship }: { relationship: Relationship }) {
  const reviews = useAsk('list-reviews', { relationship: relationship.id });
  const [isWriting, write] = useState(false);
  const rows = reviews.data?.rows ?? [];
  const hasMine = rows.some((row) => row.isMine);
  const commitments = useAsk('list-commitments', { relationship: relationship.id }).data?.rows ?? [];
  const isSettled = commitments.some((row) => row.state === 'confirmed');
  return (
    <div className="stack">
      <Problem failure={reviews.failure} again={reviews.again} />
      {rows.map((row) => (
        <blockquote key={String(row.isMine)} className="review">
          <p className="words">{row.text}</p>
          <footer className="sans soft">
            {row.isMine ? t.relationships.mine : relationship.with.name},{' '}
            {t.relationships.outcomes[row.outcome]}, <When at={row.at} />
          </footer>
        </blockquote>
      ))}
      {hasMine ? null : !isSettled ? (
        <p className="soft">{t.relationships.reviewLater}</p>
      ) : isWriting ? (
        <WriteReview relationship={relationship.id} onDone={() => write(false)} />
      ) : (
        <div className="acts">
          <Button onPress={() => write(true)}>{t.relationships.review}</Button>
          <span className="hint">{t.relationships.reviewHint}</span>
        </div>
      )}
    </div>
  );
}

function WriteReview({ relationship, onDone }: { relationship: string; onDone: () => void }) {
  const review = useAct('write-review');
  const say = useSay();
  const draft = useDraft(`review-${relationship}`, { text: '', outcome: '' });
  const outcome = OUTCOMES.find((one) => one === draft.value.outcome);
  const submit = async () => {
    if (!outcome || !(await review.run({ relationship, outcome, text: draft.value.text }))) return;
    draft.clear();
    say({ text: t.relationships.reviewDone });
    onDone();
  };
  return (
    <Form
      failure={review.failure}
      onSubmit={() => void submit()}
      acts={
        <>
          <Button
            kind="act"
            type="submit"
            isBusy={review.isBusy}
            isOff={!outcome || draft.value.text.trim() === ''}
          >
            {t.relationships.reviewWrite}
          </Button>
          <Button onPress={onDone}>{t.frame.cancel}</Button>
        </>
      }
    >
      <Choices
        label={t.relationships.confirmTitle}
        value={outcome ?? null}
        choices={OUTCOMES.map((value) => ({ value, label: t.relationships.outcomes[value] }))}
        onChange={(value) => draft.set({ outcome: value })}
      />
      <AreaField
        name="text"
        label={t.relationships.reviewText}
        hint={t.relationships.reviewHint}
        value={draft.value.text}
        onChange={(text) => draft.set({ text })}
        isWords
      />
    </Form>
  );
}
