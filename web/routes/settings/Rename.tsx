import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { Party } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

export function Rename({ party }: { party: Party }) {
  const rename = useAct('rename-party');
  const say = useSay();
  const [name, setName] = useState(party.name);
  const submit = async () => {
    const before = party.name;
    const renamed = await rename.run({ name });
    if (renamed) say({ text: t.settings.renamed(renamed.name), undo: () => rename.run({ name: before }) });
  };
  return (
    <Form
      failure={rename.failure}
      onSubmit={() => void submit()}
      acts={
        <Button kind="act" type="submit" isBusy={rename.isBusy} isOff={name.trim() === party.name}>
          {t.settings.rename}
        </Button>
      }
    >
      <TextField
        name="name"
        label={t.settings.nameLabel}
        hint={`${t.settings.nameHint} ${t.settings.handle}: ${party.handle}`}
        value={name}
        onChange={setName}
        autoComplete="nickname"
        maxLength={200}
      />
    </Form>
  );
}
