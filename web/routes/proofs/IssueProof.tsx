import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useNow } from '../../components/now.ts';
import { SelectField } from '../../components/Select.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { type FactName, isYesOrNo, KINDS, type KnownKind } from './kinds.ts';

const KNOWN: readonly KnownKind[] = ['age', 'residence', 'mail'];
type Claims = Partial<Record<FactName, string | true>>;

/** A proof under my public name: what I have checked of them, until when. */
export function IssueProof({ relationship, close }: { relationship: string; close: () => void }) {
  const profile = useAsk('show-public-profile', {});
  if (!profile.data) return null;
  return (
    <section className="inline-form" aria-label={t.proofs.issueTitle}>
      <h3>{t.proofs.issueTitle}</h3>
      {profile.data.isFound ? (
        <>
          <p className="soft">{t.proofs.issueLead}</p>
          <IssueForm relationship={relationship} close={close} />
        </>
      ) : (
        <>
          <p>{t.proofs.issueNeedsName}</p>
          <div className="acts">
            <LinkButton to="/settings">{t.proofs.toSettings}</LinkButton>
            <Button onPress={close}>{t.proofs.close}</Button>
          </div>
        </>
      )}
    </section>
  );
}

function IssueForm({ relationship, close }: { relationship: string; close: () => void }) {
  const issue = useAct('issue-proof');
  const say = useSay();
  const year = new Date(useNow()).getUTCFullYear();
  const [kind, setKind] = useState<KnownKind>('age');
  const [claims, setClaims] = useState<Claims>({});
  const [until, setUntil] = useState(`${year + 1}-12-31`);
  const said = Object.entries(claims).filter(([, value]) => value === true || value.trim() !== '');
  const submit = async () => {
    const input = { relationship, kind: KINDS[kind].kind, claims: Object.fromEntries(said), until };
    if (!(await issue.run(input))) return;
    say({ text: t.proofs.issueSent });
    close();
  };
  const choose = (chosen: string) => {
    setKind(KNOWN.find((known) => known === chosen) ?? 'age');
    setClaims({});
  };
  return (
    <Form
      failure={issue.failure}
      onSubmit={() => void submit()}
      acts={
        <>
          <Button type="submit" kind="act" isBusy={issue.isBusy} isOff={said.length === 0}>
            {t.proofs.issueNow}
          </Button>
          <Button onPress={close}>{t.proofs.close}</Button>
        </>
      }
    >
      <SelectField
        label={t.proofs.what}
        value={kind}
        onChange={choose}
        options={KNOWN.map((value) => ({ value, label: t.proofs.kinds[value] }))}
      />
      {KINDS[kind].facts.map((name) => (
        <FactField
          key={name}
          name={name}
          value={claims[name]}
          set={(value) => setClaims(withFact(claims, name, value))}
        />
      ))}
      <TextField
        name="until"
        type="date"
        label={t.proofs.issueUntil}
        hint={t.proofs.issueUntilHint}
        value={until}
        onChange={setUntil}
      />
    </Form>
  );
}

function withFact(claims: Claims, name: FactName, value: string | true | undefined): Claims {
  const { [name]: _, ...others } = claims;
  return value === undefined ? others : { ...others, [name]: value };
}

function FactField(props: {
  name: FactName;
  value: string | true | undefined;
  set: (value: string | true | undefined) => void;
}) {
  const { name, value, set } = props;
  if (isYesOrNo(name)) {
    const label = `${t.proofs.facts[name]}: ${t.proofs.yes}`;
    return <Check label={label} value={value === true} onChange={(isOn) => set(isOn || undefined)} />;
  }
  return (
    <TextField
      label={t.proofs.facts[name]}
      value={typeof value === 'string' ? value : ''}
      onChange={set}
      maxLength={200}
    />
  );
}
