import { useState } from 'react';
import type { In } from '../../api/operations.ts';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { SelectField } from '../../components/Select.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { type FactName, KINDS, type KnownKind, queryFor } from './kinds.ts';

type Query = In<'ask-for-proof'>['query'];
const KNOWN: readonly KnownKind[] = ['age', 'residence', 'mail'];

/** Which facts, what for; or the whole request as programs write it. */
export function AskForProof({ relationship, close }: { relationship: string; close: () => void }) {
  const ask = useAct('ask-for-proof');
  const say = useSay();
  const [kind, setKind] = useState<KnownKind | 'own'>('age');
  const [facts, setFacts] = useState<readonly FactName[]>(['age_over_18']);
  const [written, write] = useState('');
  const [purpose, setPurpose] = useState('');
  const query = kind === 'own' ? readQuery(written) : queryFor(kind, facts);
  const submit = async () => {
    if (!query) return;
    if (!(await ask.run({ relationship, query, purpose }))) return;
    say({ text: t.proofs.askSent });
    close();
  };
  const choose = (chosen: string) => {
    setKind(KNOWN.find((known) => known === chosen) ?? 'own');
    setFacts([]);
  };
  return (
    <section className="inline-form" aria-label={t.proofs.askTitle}>
      <h3>{t.proofs.askTitle}</h3>
      <Form
        failure={ask.failure}
        onSubmit={() => void submit()}
        acts={
          <>
            <Button
              type="submit"
              kind="act"
              isBusy={ask.isBusy}
              isOff={purpose.trim() === '' || !query || (kind !== 'own' && facts.length === 0)}
            >
              {t.proofs.askNow}
            </Button>
            <Button onPress={close}>{t.proofs.close}</Button>
          </>
        }
      >
        <SelectField
          label={t.proofs.askWhat}
          value={kind}
          onChange={choose}
          hint={t.proofs.askLeast}
          options={[...KNOWN, 'own' as const].map((value) => ({ value, label: t.proofs.kinds[value] }))}
        />
        {kind === 'own' ? (
          <AreaField
            name="query"
            label={t.proofs.written}
            hint={t.proofs.writtenHint}
            wrong={written !== '' && !query ? t.proofs.writtenWrong : undefined}
            value={written}
            onChange={write}
            rows={8}
          />
        ) : (
          <FactChecks kind={kind} facts={facts} set={setFacts} />
        )}
        <TextField
          name="purpose"
          label={t.proofs.purposeField}
          value={purpose}
          onChange={setPurpose}
          maxLength={200}
        />
      </Form>
    </section>
  );
}

function FactChecks(props: {
  kind: KnownKind;
  facts: readonly FactName[];
  set: (facts: readonly FactName[]) => void;
}) {
  const { kind, facts, set } = props;
  return (
    <fieldset className="bare-set">
      <legend className="label">{t.proofs.askWhich}</legend>
      {KINDS[kind].facts.map((name) => (
        <Check
          key={name}
          label={t.proofs.facts[name]}
          value={facts.includes(name)}
          onChange={(isOn) => set(isOn ? [...facts, name] : facts.filter((other) => other !== name))}
        />
      ))}
    </fieldset>
  );
}

/** Whether it is a request the node says, which knows; here it only has to be an object. */
function readQuery(text: string): Query | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Query) : undefined; // the node's schema reads it
  } catch {
    return undefined;
  }
}
