import { useAct, useAsk } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { sizeInWords } from '../../../components/FileField.tsx';
import { Section } from '../../../components/Page.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { useTransfers } from '../../../files/transfers.ts';
import { t } from '../../../i18n/index.ts';

/** What was begun here or elsewhere and stopped; the file itself is not at hand, so that it has to be chosen again. */
export function Begun() {
  const listed = useAsk('list-files', { state: 'begun' });
  const cancel = useAct('cancel-file');
  const here = new Set(useTransfers().map((it) => it.id));
  const rows = (listed.data?.rows ?? []).filter((it) => !here.has(it.id));
  if (rows.length === 0) return null;
  return (
    <Section title={t.files.begun}>
      <div className="stack">
        <p className="soft">{t.files.begunLead}</p>
        <ul className="transfers">
          {rows.map(({ id, name = t.files.unread, octets }) => (
            <li key={id}>
              <p className="transfer-name">
                <b>{name}</b> <span className="soft">{t.files.begunSo(sizeInWords(octets))}</span>
              </p>
              <div className="acts">
                <Button kind="line" label={t.files.cancelOf(name)} onPress={() => cancel.run({ id })}>
                  {t.files.cancel}
                </Button>
              </div>
            </li>
          ))}
        </ul>
        <Problem failure={cancel.failure} />
      </div>
    </Section>
  );
}
