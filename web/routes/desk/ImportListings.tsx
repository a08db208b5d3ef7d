import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { Job } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { FileField } from '../../components/FileField.tsx';
import { Form } from '../../components/Form.tsx';
import { JobView, useJob } from '../../components/JobView.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Table } from '../../components/Table.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { ImportDefaults, mappingOf, NO_DEFAULTS } from './ImportDefaults.tsx';

/** A shop's feed: checked first if one likes, then taken, row by row, with a report and a way to stop. */
export default function ImportListings() {
  const start = useAct('import-listings');
  const [file, setFile] = useState<File>();
  const [defaults, setDefaults] = useState(NO_DEFAULTS);
  const [run, setRun] = useState<{ job: string; isDry: boolean }>();
  const job = useJob(run?.job);
  const isRunning = job?.state === 'running';
  const begin = async (isDry: boolean) => {
    const started = await start.run({ dryRun: isDry, mapping: mappingOf(defaults) }, file);
    if (started) setRun({ job: started.job, isDry });
  };
  return (
    <Page title={t.desk.importTitle} lead={t.desk.importLead} back={{ to: '/desk', place: t.desk.title }}>
      <Form
        failure={start.failure}
        onSubmit={() => void begin(false)}
        acts={
          <>
            <Button kind="act" type="submit" isBusy={start.isBusy} isOff={!file || isRunning}>
              {t.desk.run}
            </Button>
            <Button onPress={() => void begin(true)} isBusy={start.isBusy} isOff={!file || isRunning}>
              {t.desk.check}
            </Button>
          </>
        }
      >
        <FileField label={t.data.chooseFile} accept=".xml,.csv" file={file} onChange={setFile} />
        <ImportDefaults value={defaults} set={(change) => setDefaults({ ...defaults, ...change })} />
      </Form>
      {job ? (
        <div className="section">
          <JobView job={job} title={titleOf(job, run?.isDry ?? false)} canCancel />
        </div>
      ) : null}
      {job?.report ? <Report report={job.report} /> : null}
    </Page>
  );
}

function titleOf(job: Job, isDry: boolean): string {
  if (job.state !== 'running') return t.desk.jobDone;
  return isDry ? t.desk.checking : t.desk.importing;
}

type ReportRow = NonNullable<Job['report']>['rows'][number];

/** A cell of a report row in words; what it does not say stays empty. */
function said(row: ReportRow, key: string): string {
  const value = row[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function Report({ report }: { report: NonNullable<Job['report']> }) {
  const [isOnlyRefused, onlyRefused] = useState(false);
  const results: Record<string, string> = t.desk.results;
  const rows = report.rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => !isOnlyRefused || said(row, 'result') === 'refused');
  const counts = Object.entries(report.counts).map(
    ([name, count]) => `${formatNumber(count)} ${results[name] ?? name}`,
  );
  return (
    <Section title={t.desk.reportTitle}>
      <div className="stack">
        <p>{counts.join(', ')}</p>
        <Check label={t.desk.onlyRefused} value={isOnlyRefused} onChange={onlyRefused} />
        <Table
          caption={t.desk.reportTitle}
          rows={rows}
          keyOf={({ at }) => String(at)}
          columns={[
            { head: t.desk.row, isFigure: true, isNamed: true, cell: ({ row }) => said(row, 'row') },
            {
              head: t.desk.result,
              cell: ({ row }) => results[said(row, 'result')] ?? said(row, 'result'),
            },
            { head: t.desk.why, isLead: true, cell: ({ row }) => said(row, 'why') },
          ]}
        />
        {report.leftOut > 0 ? <p className="hint">{t.desk.leftOut(report.leftOut)}</p> : null}
      </div>
    </Section>
  );
}
