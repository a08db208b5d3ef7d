import { useAct, useAsk } from '../../api/queries.ts';
import type { Session } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

const COLUMNS: readonly Column<Session>[] = [
  { head: t.settings.session, isLead: true, cell: (row) => row.label },
  { head: t.settings.started, isNamed: true, cell: (row) => <When at={row.createdAt} /> },
  { head: t.settings.lastUsed, isNamed: true, cell: (row) => <When at={row.usedAt} /> },
  {
    head: t.settings.endSession,
    isAct: true,
    cell: (row) => (row.isThis ? <State mark="full">{t.settings.thisOne}</State> : <End session={row} />),
  },
];

export function Sessions() {
  const sessions = useAsk('list-sessions', {});
  return (
    <>
      <Problem failure={sessions.failure} again={sessions.again} />
      <Table
        caption={t.settings.sessions}
        columns={COLUMNS}
        rows={sessions.data?.rows ?? []}
        keyOf={(row) => row.id}
      />
    </>
  );
}

function End({ session }: { session: Session }) {
  const end = useAct('end-session');
  const say = useSay();
  const act = async () => {
    if (await end.run({ id: session.id })) say({ text: t.settings.sessionEnded });
  };
  return (
    <>
      <Button
        kind="line"
        label={`${t.settings.endSession}: ${session.label}`}
        isBusy={end.isBusy}
        onPress={() => void act()}
      >
        {t.settings.endSession}
      </Button>
      <Problem failure={end.failure} />
    </>
  );
}
