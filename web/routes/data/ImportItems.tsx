import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAct } from '../../api/queries.ts';
import type { ImportReport } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { FileField } from '../../components/FileField.tsx';
import { Form } from '../../components/Form.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { SelectField } from '../../components/Select.tsx';
import { Table } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** First what would be taken, and what not and why; then, with a yes, the taking. */
export default function ImportItems() {
  const act = useAct('import-items');
  const navigate = useNavigate();
  const say = useSay();
  const [file, setFile] = useState<File>();
  const [card, setCard] = useState('');
  const [report, setReport] = useState<ImportReport>();
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setReport(undefined);
    setCard('');
    act.forget();
  };
  const input = card === '' ? {} : { card: Number(card) };
  const check = async () => setReport(await act.run({ ...input, dryRun: true }, file));
  const take = async () => {
    const done = await act.run({ ...input, dryRun: false }, file);
    if (!done) return;
    say({ text: t.data.imported(done.counts.taken) });
    navigate('/data');
  };
  return (
    <Page title={t.data.importTitle} lead={t.data.importLead} back={{ to: '/data', place: t.data.title }}>
      <Form
        failure={act.failure}
        onSubmit={() => void check()}
        acts={
          <Button kind={report ? 'plain' : 'act'} type="submit" isBusy={act.isBusy} isOff={!file}>
            {t.data.check}
          </Button>
        }
      >
        <FileField label={t.data.chooseFile} accept=".vcf,.json" file={file} onChange={choose} />
        {report && report.cards.length > 1 ? (
          <SelectField
            name="card"
            label={t.data.card}
            hint={t.data.cardHint}
            value={card}
            onChange={setCard}
            options={[
              { value: '', label: t.data.whatChoose },
              ...report.cards.map((one) => ({ value: String(one.card), label: one.name })),
            ]}
          />
        ) : null}
      </Form>
      {report ? <Report report={report} isBusy={act.isBusy} take={() => void take()} /> : null}
    </Page>
  );
}

function Report({ report, isBusy, take }: { report: ImportReport; isBusy: boolean; take: () => void }) {
  const { taken, alreadyThere } = report.counts;
  return (
    <>
      <Section title={t.data.wouldTake}>
        <div className="stack">
          {report.taken.length === 0 ? (
            <p>{t.data.nothingTaken}</p>
          ) : (
            <Table
              caption={t.data.wouldTake}
              rows={report.taken}
              keyOf={(row) => `${row.line}-${row.property}-${row.label}`}
              columns={[
                { head: t.data.line, isFigure: true, isNamed: true, cell: (row) => row.line },
                { head: t.data.label, isLead: true, cell: (row) => row.label },
                { head: t.data.inFile, cell: (row) => row.what },
              ]}
            />
          )}
          {alreadyThere > 0 ? <p className="hint">{t.data.alreadyThere(alreadyThere)}</p> : null}
          {taken > 0 ? (
            <div className="acts">
              <Button kind="act" onPress={take} isBusy={isBusy}>
                {t.data.importNow(taken)}
              </Button>
            </div>
          ) : null}
        </div>
      </Section>
      {report.skipped.length > 0 ? (
        <Section title={t.data.skipped}>
          <Table
            caption={t.data.skipped}
            rows={report.skipped}
            keyOf={(row) => `${row.line}-${row.what}-${row.code}`}
            columns={[
              { head: t.data.line, isFigure: true, isNamed: true, cell: (row) => row.line },
              { head: t.data.inFile, isLead: true, cell: (row) => row.what },
              { head: t.data.why, cell: (row) => row.why },
            ]}
          />
        </Section>
      ) : null}
    </>
  );
}
