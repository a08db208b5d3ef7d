import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ask } from '../../api/client.ts';
import { Failed, failureOf } from '../../api/failure.ts';
import { useAsk } from '../../api/queries.ts';
import type { ItemCategory } from '../../api/shapes.ts';
import { useWork } from '../../api/work.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { RecoveryCodeHere } from '../../components/RecoveryCode.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { FromBefore } from '../../sealed/SetBack.tsx';
import { useMove } from '../../sealed/use-move.ts';
import { usePaper } from '../../sealed/use-paper.ts';
import { keptKindOf } from './kinds.ts';

/** The first kind that only devices open: a new passphrase, a new code on paper, and then the moving. */
export default function BeginSealing() {
  const [params] = useSearchParams();
  const category = keptKindOf(params.get('kind')) ?? 'note';
  const paper = usePaper();
  const party = useAsk('who-am-i', {}).data?.acting;
  const [form, setForm] = useState({ old: '', next: '', again: '' });
  const begin = useBegin(category, paper);
  const [differs, setDiffers] = useState(false);
  const submit = () => {
    const isOther = form.next !== form.again;
    setDiffers(isOther);
    if (!isOther) void begin.run(form.old, form.next);
  };
  return (
    <Page
      title={t.keeping.beginTitle}
      lead={t.keeping.beginLead(t.keeping.kinds[category])}
      back={{ to: '/data/keeping', place: t.keeping.title }}
    >
      {paper.code === undefined ? (
        <div className="stack" data-wide>
          <Know />
          <Form
            failure={begin.failure}
            onSubmit={submit}
            acts={
              <>
                <Button
                  kind="act"
                  type="submit"
                  isBusy={begin.isBusy}
                  isOff={form.old === '' || form.next === '' || form.again === ''}
                >
                  {t.keeping.begin}
                </Button>
                <span className="hint" role="status">
                  {begin.isBusy ? t.keeping.unlocking : ''}
                </span>
              </>
            }
          >
            <Secrets form={form} set={(change) => setForm({ ...form, ...change })} differs={differs} />
          </Form>
          <FromBefore failure={begin.failure} handle={party?.handle} home={party?.id} onDone={begin.forget} />
        </div>
      ) : (
        <Section title={t.keeping.codeTitle}>
          <div className="stack">
            <p>{t.keeping.codeLead}</p>
            <RecoveryCodeHere
              code={paper.code}
              isBusy={paper.isAnswered}
              onDone={() => paper.answer(true)}
              onCancel={() => paper.answer(false)}
            />
          </div>
        </Section>
      )}
    </Page>
  );
}

function Know() {
  return (
    <Section title={t.keeping.beginKnow}>
      <ul className="measured">
        {t.keeping.beginKnows.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}

interface Typed {
  old: string;
  next: string;
  again: string;
}

function Secrets(props: { form: Typed; set: (change: Partial<Typed>) => void; differs: boolean }) {
  const { form, set } = props;
  return (
    <>
      <SecretField
        name="passphrase"
        label={t.keeping.old}
        value={form.old}
        onChange={(old) => set({ old })}
      />
      <SecretField
        name="newPassphrase"
        label={t.keeping.next}
        hint={t.keeping.nextHint}
        value={form.next}
        onChange={(next) => set({ next })}
        isNew
      />
      <SecretField
        name="again"
        label={t.keeping.nextAgain}
        wrong={props.differs && form.next !== form.again ? t.keeping.nextDiffers : undefined}
        value={form.again}
        onChange={(again) => set({ again })}
        isNew
      />
    </>
  );
}

function useBegin(category: ItemCategory, paper: ReturnType<typeof usePaper>) {
  const party = useAsk('who-am-i', {}).data?.acting;
  const move = useMove();
  const navigate = useNavigate();
  const say = useSay();
  return useWork(async (passphrase: string, newPassphrase: string) => {
    if (!party) return;
    const { handle } = party;
    // A slip in the passphrase is told before anybody writes down a code.
    await ask('sign-in', { handle, passphrase }).catch(refusePassphrase);
    const { beginHere } = await import('../../sealed/open.ts');
    const written = paper.show;
    await beginHere({ home: party.id, handle, passphrase, newPassphrase, written }).catch((error) => {
      paper.forget();
      throw error;
    });
    say({ text: t.keeping.begun });
    navigate('/data/keeping');
    if ((await move(category, 'devices')) !== undefined) {
      say({ text: t.keeping.nowDevices(t.keeping.kinds[category]) });
    }
  });
}

function refusePassphrase(error: unknown): never {
  const failure = failureOf(error);
  if (failure.code !== 'sign-in-refused') throw error;
  throw new Failed({ ...failure, ...t.keeping.oldWrong, fields: { passphrase: t.keeping.oldWrong.message } });
}
