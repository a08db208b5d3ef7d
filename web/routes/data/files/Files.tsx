import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Vault } from '../../../../device/index.ts';
import { idsThatFit } from '../../../api/many.ts';
import { useAct, useAsk, useRows } from '../../../api/queries.ts';
import type { FileShown } from '../../../api/shapes.ts';
import { Check } from '../../../components/Choices.tsx';
import { Empty } from '../../../components/Empty.tsx';
import { sizeInWords } from '../../../components/FileField.tsx';
import { When } from '../../../components/figures.tsx';
import { useNoted } from '../../../components/narrowing.tsx';
import { Page, Section } from '../../../components/Page.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { isBare, Rows, useSearch } from '../../../components/Rows.tsx';
import type { Column } from '../../../components/Table.tsx';
import { useSay } from '../../../components/Toasts.tsx';
import { TwoSteps } from '../../../components/TwoSteps.tsx';
import { sealedUploadOf } from '../../../files/sealed.ts';
import { uploadOf } from '../../../files/served.ts';
import { addTransfer } from '../../../files/transfers.ts';
import { t } from '../../../i18n/index.ts';
import { Unlock } from '../../../sealed/Unlock.tsx';
import { useSealed } from '../../../sealed/use-sealed.ts';
import { AddFiles } from './AddFiles.tsx';
import { Begun } from './Begun.tsx';
import { FileActs, nameOf, TickedActs } from './FileActs.tsx';
import { UnderWay } from './UnderWay.tsx';

const COLUMNS: readonly Column<FileShown>[] = [
  { head: t.files.name, isLead: true, cell: (file) => <span className="clip">{nameOf(file)}</span> },
  { head: t.files.size, isFigure: true, isNamed: true, cell: (file) => sizeInWords(file.octets) },
  { head: t.files.added, isNamed: true, cell: (file) => <When at={file.madeAt} isStop={false} /> },
  { head: t.files.acts, isAct: true, cell: (file) => <FileActs file={file} /> },
];

/** What stood there before is not shown either. */
const NONE = { rows: [], before: 0, total: undefined, isMore: false };

/** My files: adding several at once, how far each is, and the list with its trash. */
export default function Files() {
  const client = useQueryClient();
  const [params] = useSearchParams();
  const search = useSearch(params.get('search') ?? '');
  const [isTrashChosen, setTrash] = useState(params.has('trash'));
  const { closed, vault, isKnown, failure, again } = useSealed();
  const isSealed = closed.includes('file');
  const isLocked = isSealed && !vault;
  // What was looked for stands in the address, and is looked for once they are unlocked.
  const isTrash = isTrashChosen && !isLocked;
  const looked = search.asked ? { search: search.asked } : {};
  useNoted({ ...looked, ...(isTrashChosen ? { trash: 'yes' } : {}) });
  const asked = { ...looked, trashed: isTrash };
  useTidied(isSealed ? vault : undefined);
  // While they are locked the node has none that it could name, and is not told what somebody looks for.
  const off = !isKnown || isLocked;
  const found = useRows('list-files', asked, { state: isLocked ? 'locked' : 'open', off });
  const listed = off ? { ...found, ...NONE, isLoading: !isKnown && !failure } : found;
  const isEmpty = isBare(listed, search.text !== '' || isTrash);
  const add = (file: File) => {
    const { name, size: octets } = file;
    const work = isSealed ? sealedUploadOf(file) : uploadOf(file);
    addTransfer({ way: 'up', name, octets, isSealed }, work, () => void client.invalidateQueries());
  };
  return (
    <Page title={t.files.title} lead={t.files.lead} back={{ to: '/data', place: t.data.title }}>
      {isKnown ? <Notice isSealed={isSealed} isTrash={isTrash} /> : null}
      {isLocked ? <Unlock /> : null}
      {isTrash ? <EraseAll /> : null}
      {isTrash || isLocked || !isKnown ? null : <AddFiles add={add} />}
      {isKnown ? null : <Problem failure={failure} again={again} />}
      <UnderWay />
      <Begun />
      <Section title={isTrash ? t.files.trash : t.files.kept}>
        <Rows
          caption={t.files.title}
          listed={listed}
          columns={COLUMNS}
          keyOf={(file) => file.id}
          many={{
            nameOf,
            acts: <TickedActs isTrash={isTrash} />,
            all: () => idsThatFit('list-files', asked),
          }}
          {...(isLocked
            ? {}
            : {
                search,
                keepTools: true,
                clear: () => search.set(''),
                filters: <Check label={t.files.trash} value={isTrash} onChange={setTrash} />,
              })}
          empty={
            isLocked ? (
              <p className="soft">{t.files.locked}</p>
            ) : isEmpty ? (
              <Empty title={t.files.emptyTitle} text={t.files.empty} example={t.files.emptyExample} />
            ) : (
              <p className="soft">{t.files.emptyTrash}</p>
            )
          }
        />
      </Section>
    </Page>
  );
}

/** Who can read what is here, and the way to change that. */
function Notice({ isSealed, isTrash }: { isSealed: boolean; isTrash: boolean }) {
  if (isTrash) return <p className="notice">{t.files.trashLead}</p>;
  return (
    <p className="notice">
      {isSealed ? t.files.sealed : t.files.atRest} <Link to="/data/keeping">{t.keeping.open}</Link>
    </p>
  );
}

/** What was interrupted, or has left the trash by time, is put in order when its owner comes by: the node cannot. */
function useTidied(vault: Vault | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!vault) return;
    vault.files
      .tidy()
      .then((tidied) => (tidied.ok ? client.invalidateQueries({ queryKey: ['list-files'] }) : undefined))
      .catch(console.error);
  }, [client, vault]);
}

/** As long as anything lies in the trash, whatever of it is looked for. */
function EraseAll() {
  const act = useAct('empty-file-trash');
  const say = useSay();
  const { data } = useAsk('list-files', { trashed: true, limit: 1 });
  if (!data || data.total === 0) return null;
  const erase = async () => {
    const done = await act.run({});
    if (done) say({ text: t.files.erased(done.erased) });
  };
  return (
    <>
      <TwoSteps
        act={t.files.eraseAll}
        ask={t.files.eraseAsk}
        what={t.files.eraseWhat}
        now={t.files.eraseNow}
        isBusy={act.isBusy}
        onDo={() => void erase()}
      />
      <Problem failure={act.failure} />
    </>
  );
}
