import { useState } from 'react';
import type { Out } from '../../api/operations.ts';
import { useAct } from '../../api/queries.ts';
import { t } from '../../i18n/index.ts';
import { ArchiveFindings } from './ArchiveFindings.tsx';
import { ArchiveForm } from './ArchiveForm.tsx';

/** Brings a party from an archive; a run that lost anything does not call itself a success. */
export function ImportParty({ onImported }: { onImported?: () => void }) {
  const act = useAct('import-party');
  const [report, setReport] = useState<Out<'import-party'>>();
  const submit = async (passphrase: string, file: File | undefined) => {
    const done = await act.run({ passphrase }, file);
    setReport(done);
    if (done?.ok) onImported?.();
  };
  return (
    <ArchiveForm
      lead={t.leave.importLead}
      verb={t.leave.importAct}
      act={act}
      onSubmit={(passphrase, file) => void submit(passphrase, file)}
    >
      {report ? (
        <>
          <ArchiveFindings report={report} />
          {report.ok ? <p>{t.leave.paused(report.handle)}</p> : null}
        </>
      ) : null}
    </ArchiveForm>
  );
}
