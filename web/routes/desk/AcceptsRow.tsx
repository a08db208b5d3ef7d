import { useAsk } from '../../api/queries.ts';
import { Check } from '../../components/Choices.tsx';
import { Line } from '../../components/Line.tsx';
import { t } from '../../i18n/index.ts';
import type { ListingProps } from './listing-draft.ts';

/** The terms a vendor says yes to beforehand; buyers who require others are not answered. */
export function AcceptsRow({ form, set }: ListingProps) {
  const roster = useAsk('list-roster', {}).data?.rows ?? [];
  const toggle = (id: string, isOn: boolean) =>
    set({
      acceptsTerms: isOn ? [...form.acceptsTerms, id] : form.acceptsTerms.filter((other) => other !== id),
    });
  return (
    <Line label={t.desk.acceptsTerms}>
      {roster
        .filter((entry) => entry.family === 'service')
        .map((entry) => (
          <Check
            key={entry.id}
            label={entry.name}
            about={entry.id}
            value={form.acceptsTerms.includes(entry.id)}
            onChange={(isOn) => toggle(entry.id, isOn)}
          />
        ))}
      <p className="hint">{t.desk.acceptsHint}</p>
    </Line>
  );
}
