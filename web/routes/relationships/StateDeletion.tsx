import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { Grant } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { civilToday } from '../../components/now.ts';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

const WHAT = ['all-erased', 'kept-by-law'] as const;

/** A signed word on copies that were carried elsewhere; that it is erased here has been said already. */
export function StateDeletion({ grant }: { grant: Grant }) {
  const [isAsking, ask] = useState(false);
  if (isAsking) return <Statement grant={grant} onDone={() => ask(false)} />;
  return (
    <Button small kind="line" label={t.grants.stateOf(grant.label)} onPress={() => ask(true)}>
      {t.grants.state}
    </Button>
  );
}

function Statement({ grant, onDone }: { grant: Grant; onDone: () => void }) {
  const state = useAct('state-deletion');
  const say = useSay();
  const [what, setWhat] = useState<(typeof WHAT)[number]>();
  const [words, setWords] = useState('');
  const [until, setUntil] = useState('');
  const isKept = what === 'kept-by-law';
  const submit = async () => {
    if (what === undefined) return;
    const input = { grant: grant.id, what, words: words.trim(), ...(isKept && until ? { until } : {}) };
    if (!(await state.run(input))) return;
    say({ text: t.grants.stated });
    onDone();
  };
  return (
    <div className="inline-form">
      <h4>{t.grants.stateTitle}</h4>
      <p>{t.grants.stateLead}</p>
      <Form
        failure={state.failure}
        onSubmit={() => void submit()}
        acts={
          <>
            <Button kind="act" type="submit" isBusy={state.isBusy} isOff={what === undefined}>
              {t.grants.stateNow}
            </Button>
            <Button onPress={onDone}>{t.frame.cancel}</Button>
          </>
        }
      >
        <Choices
          label={t.grants.stateTitle}
          isHiddenLabel
          value={what ?? null}
          choices={WHAT.map((value) => ({ value, label: t.grants.stateWhat[value] }))}
          onChange={(value) => setWhat(WHAT.find((one) => one === value))}
        />
        <AreaField
          name="words"
          label={isKept ? t.grants.words : `${t.grants.words} (${t.frame.optional})`}
          hint={t.grants.wordsHint}
          value={words}
          onChange={setWords}
        />
        {isKept ? (
          <TextField
            type="date"
            name="until"
            label={`${t.grants.lastDay} (${t.frame.optional})`}
            min={civilToday(1)}
            value={until}
            onChange={setUntil}
          />
        ) : null}
      </Form>
    </div>
  );
}
