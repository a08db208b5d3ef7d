import type { RelationshipRow } from '../../api/shapes.ts';
import { type Mark, State } from '../../components/figures.tsx';
import { t } from '../../i18n/index.ts';

const MARKS: Record<RelationshipRow['state'], Mark> = {
  asked: 'open',
  active: 'full',
  paused: 'half',
  ended: 'bar',
  refused: 'bar',
};

export function RelationshipState({ state }: { state: RelationshipRow['state'] }) {
  return <State mark={MARKS[state]}>{t.relationships.states[state]}</State>;
}
