import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { Device } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';
import { useSealed } from '../../sealed/use-sealed.ts';
import { useRemoveWay, wayOf } from '../../sealed/use-ways.ts';
import { AddWay, opensSealed, SealedWays } from './SealedWays.tsx';

const COLUMNS: readonly Column<Device>[] = [
  { head: t.devices.way, isLead: true, cell: (row) => <Way row={row} /> },
  {
    head: t.devices.does,
    cell: (row) => (
      <span className="brief" data-wide>
        <Opens row={row} />
      </span>
    ),
  },
  { head: t.devices.made, isNamed: true, cell: (row) => <When at={row.madeAt} /> },
  {
    head: t.devices.used,
    isNamed: true,
    cell: (row) =>
      row.usedAt === undefined ? <span className="soft">{t.devices.never}</span> : <When at={row.usedAt} />,
  },
  { head: t.devices.act, isAct: true, cell: (row) => (row.kind === 'passkey' ? <Acts row={row} /> : null) },
];

export function Ways({ rows }: { rows: readonly Device[] }) {
  return (
    <div data-wide className="stack">
      <Table caption={t.devices.ways} columns={COLUMNS} rows={rows} keyOf={(row) => row.id} />
      <SealedWays rows={rows} />
    </div>
  );
}

function Way({ row }: { row: Device }) {
  if (row.name === undefined) return t.devices.kinds[row.kind];
  const more = [
    t.devices.kinds.passkey,
    ...(row.isSynced ? [t.devices.synced] : []),
    ...(row.isHere === false && row.site !== undefined ? [t.devices.atAddress(row.site)] : []),
  ];
  return (
    <>
      {row.name} <span className="hint">{more.join(', ')}</span>
    </>
  );
}

function Opens({ row }: { row: Device }) {
  const { shown } = useSealed();
  if (shown?.vault && row.opensKeys)
    return opensSealed(shown, row) ? t.devices.opensSealed : t.devices.opensRest;
  if (row.kind === 'recovery-shares') return t.devices.twoOfThree;
  if (row.opensKeys) return t.devices.opensAll;
  return row.kind === 'passkey' ? t.devices.signsInOnly : <State mark="bad">{t.devices.notOnPaper}</State>;
}

function Acts({ row }: { row: Device }) {
  const [isNaming, setNaming] = useState(false);
  const name = row.name ?? '';
  if (isNaming) return <Naming row={row} onDone={() => setNaming(false)} />;
  return (
    <div className="acts">
      <Button kind="line" label={t.devices.renameOf(name)} onPress={() => setNaming(true)}>
        {t.devices.rename}
      </Button>
      <AddWay row={row} />
      <Remove row={row} />
    </div>
  );
}

function Naming({ row, onDone }: { row: Device; onDone: () => void }) {
  const rename = useAct('rename-passkey');
  const say = useSay();
  const before = row.name ?? '';
  const [name, setName] = useState(before);
  const submit = async () => {
    const renamed = await rename.run({ id: row.id, name });
    if (!renamed) return;
    onDone();
    say({
      text: t.devices.renamed(renamed.name),
      undo: () => rename.run({ id: row.id, name: before }),
    });
  };
  return (
    <Form
      failure={rename.failure}
      onSubmit={() => void submit()}
      acts={
        <>
          <Button kind="act" type="submit" isBusy={rename.isBusy} isOff={name.trim() === ''}>
            {t.devices.rename}
          </Button>
          <Button onPress={onDone}>{t.frame.cancel}</Button>
        </>
      }
    >
      <TextField
        name="name"
        label={t.devices.addName}
        value={name}
        onChange={setName}
        maxLength={200}
        autoFocus
      />
    </Form>
  );
}

function Remove({ row }: { row: Device }) {
  const remove = useAct('remove-passkey');
  const { shown, vault } = useSealed();
  const newKeys = useRemoveWay();
  const hasKey = shown !== undefined && opensSealed(shown, row);
  const say = useSay();
  const [signOut, setSignOut] = useState(true);
  const name = row.name ?? '';
  const sessions = row.sessions ?? 0;
  const act = async () => {
    // Where that fails it goes all the same, and the list says what is left of it.
    if (hasKey && vault) await newKeys.run(wayOf(row.id));
    const removed = await remove.run({ id: row.id, signOut: signOut && sessions > 0 });
    if (removed) say({ text: t.devices.removed(name, removed.endedSessions) });
  };
  return (
    <>
      <TwoSteps
        act={t.devices.remove}
        label={t.devices.removeOf(name)}
        ask={t.devices.removeAsk(name)}
        what={[
          t.devices.removeWhat,
          ...(hasKey ? [vault ? t.keeping.removeUnlocked : t.keeping.removeLocked] : []),
        ].join(' ')}
        more={
          sessions > 0 ? (
            <Check label={t.devices.removeSessions(sessions)} value={signOut} onChange={setSignOut} />
          ) : null
        }
        now={t.devices.remove}
        kind="line"
        isBusy={remove.isBusy || newKeys.isBusy}
        onDo={() => void act()}
      />
      <Problem failure={remove.failure ?? newKeys.failure} />
    </>
  );
}
