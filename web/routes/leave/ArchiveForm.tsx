import { type ReactNode, useState } from 'react';
import type { Failure } from '../../api/failure.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { FileField } from '../../components/FileField.tsx';
import { Form } from '../../components/Form.tsx';
import { t } from '../../i18n/index.ts';

/** An archive and its passphrase, for whatever is then done with it; below, what came of it. */
export function ArchiveForm(props: {
  lead: string;
  verb: string;
  act: { failure: Failure | undefined; isBusy: boolean };
  onSubmit: (passphrase: string, file: File | undefined) => void;
  children: ReactNode;
}) {
  const { act } = props;
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  return (
    <div className="stack">
      <p>{props.lead}</p>
      <Form
        failure={act.failure}
        onSubmit={() => props.onSubmit(passphrase, file)}
        acts={
          <Button kind="act" type="submit" isBusy={act.isBusy} isOff={!file || passphrase === ''}>
            {props.verb}
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
      {props.children}
    </div>
  );
}
