import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Move } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Copy } from '../../components/Copy.tsx';
import { When } from '../../components/figures.tsx';
import { Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

const COLUMNS: readonly Column<Move>[] = [
  { head: t.moving.state, isLead: true, cell: (row) => row.message },
  {
    head: t.moving.problem,
    isNamed: true,
    cell: (row) => (row.problem === undefined ? null : <code>{row.problem}</code>),
  },
  { head: t.moving.until, isNamed: true, cell: (row) => <When at={row.until} /> },
  { head: t.moving.withdraw, isAct: true, cell: (row) => (row.mayCancel ? <Withdraw move={row} /> : null) },
];

/** Whom this node lets come; only for the person who runs it, and nothing at all for anybody else. */
export function Invitations() {
  const asked = useAsk('list-move-invitations', {});
  if (asked.failure?.code === 'operator-only') return null;
  const rows = asked.data?.rows ?? [];
  return (
    <Section title={t.moving.invitations} id="invitations">
      <div className="stack" data-wide>
        <p>{t.moving.invitationsLead}</p>
        <Problem failure={asked.failure} again={asked.again} />
        {asked.data && rows.length === 0 ? <p className="soft">{t.moving.noInvitations}</p> : null}
        {rows.length > 0 ? (
          <Table caption={t.moving.invitations} columns={COLUMNS} rows={rows} keyOf={(row) => row.id} />
        ) : null}
        <Invite />
      </div>
    </Section>
  );
}

function Invite() {
  const act = useAct('invite-party');
  const [code, setCode] = useState<string>();
  const invite = async () => setCode((await act.run({}))?.code);
  return (
    <>
      {code === undefined ? null : (
        <div className="stack" role="status">
          <p>{t.moving.codeOnce}</p>
          <p className="code">
            <code>{code}</code>
          </p>
          <Copy text={code} />
        </div>
      )}
      <div className="acts">
        <Button isBusy={act.isBusy} onPress={() => void invite()}>
          {t.moving.invite}
        </Button>
      </div>
      <Problem failure={act.failure} />
    </>
  );
}

function Withdraw({ move }: { move: Move }) {
  const act = useAct('withdraw-move-invitation');
  const say = useSay();
  const withdraw = async () => {
    if (await act.run({ id: move.id })) say({ text: t.moving.withdrawn });
  };
  return (
    <>
      <Button kind="line" isBusy={act.isBusy} onPress={() => void withdraw()}>
        {t.moving.withdraw}
      </Button>
      <Problem failure={act.failure} />
    </>
  );
}
