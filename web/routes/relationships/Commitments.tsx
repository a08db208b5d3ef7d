import { useState } from 'react';
import { useAct, useRows } from '../../api/queries.ts';
import type { Commitment, Outcome } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { type Mark, Money, State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

const OUTCOMES: readonly Outcome[] = ['kept', 'late', 'repaired', 'broken'];
const MARKS: Record<Outcome, Mark> = { kept: 'full', late: 'full', repaired: 'half', broken: 'bad' };

/** What both sides promised, its state, and what I can say about it now. */
export function Commitments({ relationship, isOpen }: { relationship: string; isOpen: boolean }) {
  const listed = useRows('list-commitments', { relationship });
  const [confirming, confirm] = useState<string>();
  const columns: readonly Column<Commitment>[] = [
    { head: t.relationships.what, isLead: true, cell: (row) => row.what },
    {
      head: t.relationships.who,
      cell: (row) => t.relationships.promiser[row.isMine ? 'mine' : 'theirs'],
    },
    { head: t.relationships.worth, isFigure: true, cell: (row) => <Money amount={row.amount} /> },
    {
      head: t.relationships.due,
      isNamed: true,
      cell: (row) => (row.due ? formatDate(row.due) : null),
    },
    { head: t.relationships.state, cell: (row) => <CommitmentState row={row} /> },
    {
      head: t.relationships.confirm,
      isAct: true,
      cell: (row) =>
        isOpen ? <CommitmentActs row={row} isAsking={confirming === row.id} confirm={confirm} /> : null,
    },
  ];
  if (!listed.isLoading && !listed.failure && listed.rows.length === 0) {
    return <p className="soft">{t.relationships.noCommitments}</p>;
  }
  return (
    <>
      <Problem failure={listed.failure} again={listed.again} />
      <Table
        caption={t.relationships.commitments}
        columns={columns}
        rows={listed.rows}
        keyOf={(row) => row.id}
      />
      {listed.rows
        .filter((row) => row.id === confirming)
        .map((row) => (
          <ConfirmForm key={row.id} row={row} onDone={() => confirm(undefined)} />
        ))}
    </>
  );
}

function CommitmentState({ row }: { row: Commitment }) {
  if (row.state === 'confirmed' && row.outcome) {
    return <State mark={MARKS[row.outcome]}>{t.relationships.outcomes[row.outcome]}</State>;
  }
  if (row.state === 'done') {
    return (
      <State mark="half">
        {t.relationships.commitmentStates.done}
        {row.doneAt === undefined ? null : <When at={row.doneAt} />}
      </State>
    );
  }
  return <State mark="open">{t.relationships.commitmentStates.promised}</State>;
}

function CommitmentActs(props: {
  row: Commitment;
  isAsking: boolean;
  confirm: (id: string | undefined) => void;
}) {
  const { row } = props;
  const fulfil = useAct('fulfil-commitment');
  const say = useSay();
  const act = async () => {
    if (await fulfil.run({ commitment: row.id })) say({ text: t.relationships.fulfilled });
  };
  if (row.state === 'confirmed') return null;
  if (!row.isMine) {
    return (
      <Button small label={`${t.relationships.confirm}: ${row.what}`} onPress={() => props.confirm(row.id)}>
        {t.relationships.confirm}
      </Button>
    );
  }
  if (row.state === 'done') return null;
  return (
    <>
      <Button
        small
        kind="act"
        label={`${t.relationships.fulfil}: ${row.what}`}
        isBusy={fulfil.isBusy}
        onPress={() => void act()}
      >
        {t.relationships.fulfil}
      </Button>
      <Problem failure={fulfil.failure} />
    </>
  );
}

function ConfirmForm({ row, onDone }: { row: Commitment; onDone: () => void }) {
  const confirm = useAct('confirm-commitment');
  const say = useSay();
  const [outcome, setOutcome] = useState<Outcome>();
  const [note, setNote] = useState('');
  const submit = async () => {
    if (outcome === undefined || !(await confirm.run({ commitment: row.id, outcome, note }))) return;
    say({ text: t.relationships.confirmed });
    onDone();
  };
  return (
    <div className="inline-form">
      <h3>
        {t.relationships.confirmTitle} {row.what}
      </h3>
      <Form
        failure={confirm.failure}
        onSubmit={() => void submit()}
        acts={
          <>
            <Button kind="act" type="submit" isBusy={confirm.isBusy} isOff={outcome === undefined}>
              {t.relationships.confirm}
            </Button>
            <Button onPress={onDone}>{t.frame.cancel}</Button>
          </>
        }
      >
        <Choices
          label={t.relationships.confirmTitle}
          isHiddenLabel
          value={outcome ?? null}
          choices={OUTCOMES.map((value) => ({ value, label: t.relationships.outcomes[value] }))}
          onChange={(value) => setOutcome(OUTCOMES.find((one) => one === value))}
        />
        <TextField
          name="note"
          label={`${t.relationships.note} (${t.frame.optional})`}
          hint={t.relationships.noteHint}
          value={note}
          onChange={setNote}
        />
      </Form>
    </div>
  );
}
