import { useState } from 'react';
import type { Out } from '../../api/operations.ts';
import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { FileField } from '../../components/FileField.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';
import { ArchiveFindings } from './ArchiveFindings.tsx';

/** Brings a party from an archive; a run that lost anything does not call itself a success. */
export function ImportParty({ onImported }: { onImported?: () => void }) {
  const act = useAct('import-party');
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [report, setReport] = useState<Out<'import-party'>>();
  const submit = async () => {
    const done = await act.run({ passphrase }, file);
    setReport(done);
    if (done?.ok) onImported?.();
  };
  return (
    <div className="stack">
      <p>{t.leave.importLead}</p>
      <Form
        failure={act.failure}
        onSubmit={() => void submit()}
        acts={
          <Button kind="act" type="submit" isBusy={act.isBusy} isOff={!file || passphrase === ''}>
            {t.leave.importAct}
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
      {report ? (
        <>
          <ArchiveFindings report={report} />
          {report.ok ? <p>{t.leave.paused(report.handle)}</p> : null}
        </>
      ) : null}
    </div>
  );
}
