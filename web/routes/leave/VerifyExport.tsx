import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { ArchiveReport } from '../../api/shapes.ts';
import { t } from '../../i18n/index.ts';
import { ArchiveFindings } from './ArchiveFindings.tsx';
import { ArchiveForm } from './ArchiveForm.tsx';

export function VerifyExport() {
  const verify = useAct('verify-export');
  const [report, setReport] = useState<ArchiveReport>();
  const submit = async (passphrase: string, file: File | undefined) =>
    setReport(await verify.run({ passphrase }, file));
  return (
    <ArchiveForm
      lead={t.leave.verifyLead}
      verb={t.leave.verifyAct}
      act={verify}
      onSubmit={(passphrase, file) => void submit(passphrase, file)}
    >
      {report ? <ArchiveFindings report={report} /> : null}
    </ArchiveForm>
  );
}
