import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { AreaField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

const NOTHING = { proof: '', holderKey: '', issuerKey: '' };

/** A proof from another program, pasted with the key that it is bound to. */
export function ImportProof() {
  const bring = useAct('import-proof');
  const say = useSay();
  const [draft, setDraft] = useState(NOTHING);
  const set = (name: keyof typeof NOTHING) => (value: string) => setDraft({ ...draft, [name]: value });
  const submit = async () => {
    const { proof, holderKey, issuerKey } = draft;
    const input = { proof, holderKey, ...(issuerKey.trim() === '' ? {} : { issuerKey }) };
    if (!(await bring.run(input))) return;
    setDraft(NOTHING);
    say({ text: t.proofs.imported });
  };
  return (
    <div className="stack">
      <p className="soft">{t.proofs.importLead}</p>
      <Form
        failure={bring.failure}
        onSubmit={() => void submit()}
        acts={
          <Button
            type="submit"
            isBusy={bring.isBusy}
            isOff={draft.proof.trim() === '' || draft.holderKey.trim() === ''}
          >
            {t.proofs.importNow}
          </Button>
        }
      >
        <AreaField
          name="proof"
          label={t.proofs.importProof}
          value={draft.proof}
          onChange={set('proof')}
          maxLength={65_536}
        />
        <AreaField
          name="holderKey"
          label={t.proofs.importKey}
          value={draft.holderKey}
          onChange={set('holderKey')}
          rows={2}
        />
        <AreaField
          name="issuerKey"
          label={t.proofs.importIssuerKey}
          value={draft.issuerKey}
          onChange={set('issuerKey')}
          rows={2}
        />
      </Form>
    </div>
  );
}
