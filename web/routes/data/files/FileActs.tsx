import { useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import type { FileShown } from '../../../api/shapes.ts';
import { ActOnTicked } from '../../../components/ActOnTicked.tsx';
import { Button } from '../../../components/Button.tsx';
import { TextField } from '../../../components/Field.tsx';
import { Form } from '../../../components/Form.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { useSay } from '../../../components/Toasts.tsx';
import { sealedDownloadOf } from '../../../files/sealed.ts';
import { downloadOf } from '../../../files/served.ts';
import { addTransfer } from '../../../files/transfers.ts';
import { t } from '../../../i18n/index.ts';

export const nameOf = (file: FileShown): string => file.name ?? t.files.unread;

/** Download, another name, the trash with Undo; back from it. */
export function FileActs({ file }: { file: FileShown }) {
  const [isRenaming, rename] = useState(false);
  const remove = useAct('remove-files');
  const restore = useAct('restore-files');
  const say = useSay();
  const name = nameOf(file);
  const ids = [file.id];
  const doRemove = async () => {
    if (!(await remove.run({ ids }))) return;
    say({ text: t.files.removed(name), undo: () => restore.run({ ids }) });
  };
  const doRestore = async () => {
    if (await restore.run({ ids })) say({ text: t.files.restored(name) });
  };
  if (isRenaming) return <Rename file={file} close={() => rename(false)} />;
  if (file.trashedAt !== undefined) {
    return (
      <>
        <Button kind="line" label={t.files.restoreOf(name)} isBusy={restore.isBusy} onPress={doRestore}>
          {t.files.restore}
        </Button>
        <Problem failure={restore.failure} />
      </>
    );
  }
  const download = () => {
    const isSealed = file.mode === 'sealed';
    const work = isSealed ? sealedDownloadOf(file) : downloadOf(file);
    addTransfer({ way: 'down', name, octets: file.octets, isSealed }, work, () => undefined);
  };
  return (
    <>
      <span className="acts">
        <Button kind="line" label={t.files.downloadOf(name)} onPress={download}>
          {t.files.download}
        </Button>
        <Button kind="line" label={t.files.renameOf(name)} onPress={() => rename(true)}>
          {t.files.rename}
        </Button>
        <Button kind="line" label={t.files.removeOf(name)} isBusy={remove.isBusy} onPress={doRemove}>
          {t.files.remove}
        </Button>
      </span>
      <Problem failure={remove.failure ?? restore.failure} />
    </>
  );
}

function Rename({ file, close }: { file: FileShown; close: () => void }) {
  const act = useAct('rename-file');
  const say = useSay();
  const [name, setName] = useState(nameOf(file));
  const save = async () => {
    const renamed = await act.run({ id: file.id, name });
    if (!renamed) return;
    say({ text: t.files.renamed(nameOf(renamed)) });
    close();
  };
  return (
    <Form
      failure={act.failure}
      onSubmit={() => void save()}
      acts={
        <>
          <Button small type="submit" isBusy={act.isBusy} isOff={name.trim() === ''}>
            {t.files.saveName}
          </Button>
          <Button small onPress={close}>
            {t.frame.cancel}
          </Button>
        </>
      }
    >
      <TextField
        name="name"
        label={t.files.newName}
        value={name}
        onChange={setName}
        maxLength={200}
        autoFocus
      />
    </Form>
  );
}

/** What can be done with files that are ticked. */
export function TickedActs({ isTrash }: { isTrash: boolean }) {
  if (isTrash)
    return (
      <ActOnTicked
        name="restore-files"
        act={t.files.restore}
        done={t.files.manyRestored}
        undo="remove-files"
      />
    );
  return (
    <ActOnTicked name="remove-files" act={t.files.remove} done={t.files.manyRemoved} undo="restore-files" />
  );
}
