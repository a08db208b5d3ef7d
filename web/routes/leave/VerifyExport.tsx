import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { ArchiveReport } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { FileField } from '../../components/FileField.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';
import { ArchiveFindings } from './ArchiveFindings.tsx';

export function VerifyExport() {
  const verify = useAct('verify-export');
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [report, setReport] = useState<ArchiveReport>();
  const submit = async () => setReport(await verify.run({ passphrase }, file));
  return (
    <div className="stack">
      <p>{t.leave.verifyLead}</p>
      <Form
        failure={verify.failure}
        onSubmit={() => void submit()}
        acts={
          <Button kind="act" type="submit" isBusy={verify.isBusy} isOff={!file || passphrase === ''}>
            {t.leave.verifyAct}
          </Button>
        }
      >
        <FileField label={t.leave.chooseFile} accept=".parley" file={file} onChange={setFile} />
        <SecretField
          name="passphrase"
          label={t.leave.importPassphrase}
          value={passphrase}
          onChange={setPassphrase}
        />
      </Form>
      {report ? <ArchiveFindings report={report} /> : null}
    </div>
  );
}
