import { useAsk } from '../../api/queries.ts';
import { Check } from '../../components/Choices.tsx';
import { Line } from '../../components/Line.tsx';
import { t } from '../../i18n/index.ts';
import type { ChangeFields } from './want-draft.ts';

/** Terms without which an answer does not count: those I proffer, chosen per want. */
export function TermsRow({ required, onChange }: { required: readonly string[]; onChange: ChangeFields }) {
  const roster = useAsk('list-roster', {}).data?.rows ?? [];
  const mine = useAsk('show-terms', {}).data?.proffered ?? [];
  const offered = roster.filter((entry) => mine.includes(entry.id) || required.includes(entry.id));
  const toggle = (id: string, isOn: boolean) =>
    onChange({ requiredTerms: isOn ? [...required, id] : required.filter((other) => other !== id) });
  return (
    <Line label={t.wants.requiredTerms}>
      {offered.map((entry) => (
        <Check
          key={entry.id}
          label={entry.name}
          about={entry.id}
          value={required.includes(entry.id)}
          onChange={(isOn) => toggle(entry.id, isOn)}
        />
      ))}
      <p className="hint">{t.wants.requiredTermsHint}</p>
    </Line>
  );
}
