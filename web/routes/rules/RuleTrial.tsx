import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { type Failure, failureOf } from '../../api/failure.ts';
import type { RuleTrial as Trial } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { sayWhy } from './say.ts';

interface Row {
  key: string;
  label: string;
  to: string;
  would: string;
  really: string;
  why: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: t.rules.what, isLead: true, cell: (row) => row.label },
  { head: t.rules.to, isNamed: true, cell: (row) => <span className="with">{row.to}</span> },
  { head: t.rules.wouldAt, isNamed: true, cell: (row) => row.would },
  { head: t.rules.reallyAt, isNamed: true, cell: (row) => row.really },
  { head: t.rules.why, isNamed: true, cell: (row) => row.why },
];

const AT_ONCE = 200;

/** Held against what was, some relationships at a time; nothing of it acts. */
export function RuleTrial({ rule }: { rule: string }) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [looked, setLooked] = useState<{ looked: number; total: number; next: string | undefined }>();
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const after = looked?.next;
      const page = await ask('try-rule', { rule, limit: AT_ONCE, ...(after === undefined ? {} : { after }) });
      setRows([...rows, ...rowsOf(page)]);
      setLooked({ looked: (looked?.looked ?? 0) + page.looked, total: page.total, next: page.next });
    } catch (error) {
      setFailure(failureOf(error));
    }
    setBusy(false);
  };
  return (
    <div className="stack">
      <p>{t.rules.tryLead}</p>
      <Problem failure={failure} />
      {rows.length > 0 ? (
        <Table caption={t.rules.tryTitle} columns={COLUMNS} rows={rows} keyOf={(row) => row.key} />
      ) : null}
      <p className="hint" role="status">
        {looked === undefined ? '' : t.rules.tryLooked(looked.looked, looked.total)}{' '}
        {looked !== undefined && rows.length === 0 ? t.rules.tryNothing : ''}
      </p>
      {looked !== undefined && looked.next === undefined ? null : (
        <div className="acts">
          <Button isBusy={isBusy} onPress={look}>
            {looked === undefined ? t.rules.tryAct : t.rules.tryMore}
          </Button>
        </div>
      )}
    </div>
  );
}

function rowsOf(trial: Trial): Row[] {
  return trial.rows.flatMap((of) => [
    ...of.gives.map((it) => ({
      key: `${of.relationship} ${it.item}`,
      label: it.label,
      to: of.with,
      would: formatDay(it.at),
      really: it.really === undefined ? t.rules.neverGiven : formatDay(it.really.at),
      why: sayWhy(it.why),
    })),
    ...of.others.map((it, index) => ({
      key: `${of.relationship} other ${index}`,
      label: it.label,
      to: of.with,
      would: t.rules.otherGiven,
      really: formatDay(it.at),
      why: '',
    })),
  ]);
}
