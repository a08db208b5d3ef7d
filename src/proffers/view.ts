import type { Instant } from '../kernel/clock.ts';
import { expire, plainState } from '../terms/index.ts';
import type { Proffer, ProfferRow } from './model.ts';
import { negotiationOf } from './take-interaction.ts';

/** A proffer as doors show it at an instant. */
export function profferView(row: ProfferRow, now: Instant): Proffer {
  const negotiation = expire(negotiationOf(row), now);
  const { proffered, alternative, agreed, turn, until, state } = negotiation;
  return {
    id: row.id,
    with: { name: row.name, isSample: row.is_sample },
    ...(row.kind === 'relationship' && { relationship: row.counter }),
    side: row.side === 'first' ? 'mine' : 'theirs',
    state: plainState(negotiation),
    status: state,
    ids: [...proffered],
    ...(alternative !== undefined && { alternative }),
    ...(agreed !== undefined && { agreed }),
    isMyTurn: turn === row.side,
    until,
    recordId: row.last_record,
    at: row.moved_at,
  };
}
