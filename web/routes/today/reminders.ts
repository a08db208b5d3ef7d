import { useAsk } from '../../api/queries.ts';
import type { Intent, RelationshipRow } from '../../api/shapes.ts';
import { useNow } from '../../components/now.ts';
import { t } from '../../i18n/index.ts';
import type { Todo } from './todos.ts';

const DAY = 24 * 3600 * 1000;
/** How long before its end a thing is called to mind, and how long a want that has ended stays here. */
const WANT_DAYS = 2;
const TOKEN_DAYS = 14;
const ENDED_DAYS = 7;
const SHOWN = 50;

/** What would lapse in silence: wants and tokens near their end, wants whose time ran out, days to look again. */
export function useReminders(
  open: readonly Intent[],
  relationships: readonly RelationshipRow[],
): readonly Todo[] {
  const now = useNow();
  const ended = useAsk('list-intents', { state: 'expired', limit: SHOWN }).data?.rows ?? [];
  const tokens = useAsk('list-tokens', {}).data?.rows ?? [];
  return [
    ...open
      .filter((want) => want.until - now < WANT_DAYS * DAY)
      .map((want) => wantTodo(want, t.today.kinds.endsSoon)),
    ...ended
      .filter((want) => now - want.until < ENDED_DAYS * DAY)
      .map((want) => wantTodo(want, t.today.kinds.ended)),
    ...relationships.flatMap((row) => reviewTodo(row, now)),
    ...tokens
      .filter((token) => token.expiresAt - now < TOKEN_DAYS * DAY)
      .map((token) => ({
        key: `token-${token.id}`,
        to: '/settings',
        kind: t.today.kinds.token,
        text: token.label,
        at: token.expiresAt,
      })),
  ];
}

function wantTodo(want: Intent, kind: string): Todo {
  return {
    key: `end-${want.id}`,
    to: `/wants/${want.id}`,
    kind,
    text: want.sentence,
    isWords: true,
    at: want.until,
  };
}

/** A day that both were to look at it again, from the evening before until a new day is named. */
function reviewTodo(row: RelationshipRow, now: number): Todo[] {
  if (row.reviewDay === undefined || row.state !== 'active') return [];
  const at = Date.parse(`${row.reviewDay}T12:00:00Z`);
  if (at - now > DAY) return [];
  const [to, kind] = [`/relationships/${row.id}`, t.today.kinds.review];
  return [{ key: `review-${row.id}`, to, kind, text: row.title, with: row.with, at }];
}
