import { useAsk } from '../api/queries.ts';
import { formatAlternatives } from '../i18n/format.ts';

/** Terms by what people call them, any of which will do; an unknown one keeps its identifier. */
export function TermsNames({ ids }: { ids: readonly string[] }) {
  const roster = useAsk('list-roster', {}).data?.rows;
  if (!roster) return null;
  return formatAlternatives(ids.map((id) => roster.find((entry) => entry.id === id)?.name ?? id));
}
