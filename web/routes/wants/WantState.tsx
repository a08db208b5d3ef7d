import type { Intent } from '../../api/shapes.ts';
import { type Mark, State } from '../../components/figures.tsx';
import { t } from '../../i18n/index.ts';

const MARKS: Record<Intent['state'], Mark> = {
  held: 'half',
  open: 'open',
  agreed: 'full',
  closed: 'bar',
  expired: 'bar',
};

export function WantState({ state }: { state: Intent['state'] }) {
  return <State mark={MARKS[state]}>{t.wants.states[state]}</State>;
}
