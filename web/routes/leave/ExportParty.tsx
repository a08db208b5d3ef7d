import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { sizeInWords } from '../../components/FileField.tsx';
import { Form } from '../../components/Form.tsx';
import { civilToday } from '../../components/now.ts';
import { saveAs } from '../../components/save-as.ts';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

export function ExportParty() {
  const act = useAct('export-party');
  const handle = useAsk('who-am-i', {}).data?.acting?.handle ?? 'party';
  const say = useSay();
  const [passphrase, setPassphrase] = useState('');
  const submit = async () => {
    const archive = await act.run({ passphrase });
    if (!archive) return;
    saveAs(archive, `${handle}-${civilToday()}.parley`);
    setPassphrase('');
    say({ text: t.leave.exported(sizeInWords(archive.size)) });
  };
  return (
    <div className="stack">
      <p>{t.leave.exportLead}</p>
      <Form
        failure={act.failure}
        onSubmit={() => void submit()}
        acts={
          <>
            <Button kind="act" type="submit" isBusy={act.isBusy} isOff={passphrase === ''}>
              {t.leave.exportAct}
            </Button>
            <span className="hint" role="status">
              {act.isBusy ? t.leave.exporting : ''}
            </span>
          </>
        }
      >
        <SecretField
          name="passphrase"
          label={t.leave.exportPassphrase}
          value={passphrase}
          onChange={setPassphrase}
          isNew
        />
      </Form>
    </div>
  );
}
