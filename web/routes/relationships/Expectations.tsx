import { useState } from 'react';
import { useDraft } from '../../api/drafts.tsx';
import { useAct } from '../../api/queries.ts';
import type { Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { civilToday } from '../../components/now.ts';
import { t } from '../../i18n/index.ts';

/** What each side expects, side by side; mine can be written anew while both still talk. */
export function Expectations({ relationship }: { relationship: Relationship }) {
  const [isWriting, write] = useState(false);
  const { mine, theirs } = relationship.expectations;
  return (
    <div className="sides">
      <section className="side" aria-label={t.relationships.expectMine}>
        <h3>{t.relationships.expectMine}</h3>
        {isWriting ? (
          <WriteExpectations relationship={relationship} onDone={() => write(false)} />
        ) : (
          <>
            <Words text={mine} />
            {relationship.state === 'active' ? (
              <div className="acts">
                <Button small onPress={() => write(true)}>
                  {t.relationships.writeExpectations}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </section>
      <section className="side" aria-label={t.relationships.expectTheirs}>
        <h3>{t.relationships.expectTheirs}</h3>
        <Words text={theirs} />
      </section>
    </div>
  );
}

function Words({ text }: { text: string }) {
  if (text === '') return <p className="soft">{t.relationships.expectNone}</p>;
  return <p className="words">{text}</p>;
}

function WriteExpectations({ relationship, onDone }: { relationship: Relationship; onDone: () => void }) {
  const write = useAct('write-expectations');
  const draft = useDraft(`expect-${relationship.id}`, {
    text: relationship.expectations.mine,
    reviewDay: relationship.reviewDay ?? '',
  });
  const { text, reviewDay } = draft.value;
  const submit = async () => {
    const input = { relationship: relationship.id, text, ...(reviewDay ? { reviewDay } : {}) };
    if (!(await write.run(input))) return;
    draft.clear();
    onDone();
  };
  return (
    <Form
      failure={write.failure}
      onSubmit={() => void submit()}
      acts={
        <>
          <Button kind="act" type="submit" isBusy={write.isBusy}>
            {t.relationships.writeExpectations}
          </Button>
          <Button onPress={onDone}>{t.frame.cancel}</Button>
        </>
      }
    >
      <AreaField
        name="text"
        label={t.accept.expect}
        hint={t.accept.expectHint}
        value={text}
        onChange={(value) => draft.set({ text: value })}
        isWords
      />
      <TextField
        type="date"
        name="reviewDay"
        label={`${t.accept.reviewDay} (${t.frame.optional})`}
        min={civilToday(1)}
        value={reviewDay}
        onChange={(value) => draft.set({ reviewDay: value })}
      />
    </Form>
  );
}
