import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { tables, type View } from '../storage/index.ts';
import type { IntentTables } from './tables.ts';

interface IntentCounts {
  readonly held: number;
  readonly open: number;
  /** Open wants with fitting offers to look at: newest offer first, at most 50. */
  readonly withOffers: readonly WantWithOffers[];
}

interface WantWithOffers {
  readonly id: string;
  readonly sentence: string;
  readonly fitting: number;
  /** When the newest of them came. */
  readonly last: Instant;
}

/** What of my wants stands on the page of today. */
export async function intentCounts(view: View, home: HomeId, now: Instant): Promise<IntentCounts> {
  const db = tables<IntentTables>(view);
  const states = await db
    .selectFrom('intents')
    .select((e) => ['state', e.fn.countAll<number>().as('total')])
    .where('home_id', '=', home)
    .where('state', 'in', ['held', 'open'])
    .where('until_at', '>', now)
    .groupBy('state')
    .execute();
  const fitting = db
    .selectFrom('intent_offers as o')
    .innerJoin('intents as i', (join) =>
      join.onRef('i.home_id', '=', 'o.home_id').onRef('i.id', '=', 'o.intent'),
    )
    .where('o.home_id', '=', home)
    .where('o.state', '=', 'open')
    .where('o.is_fit', '=', true)
    .where('o.until_at', '>', now)
    .where('i.state', '=', 'open')
    .where('i.until_at', '>', now);
  const withOffers = await fitting
    .select((e) => [
      'i.id as id',
      'i.sentence as sentence',
      e.fn.countAll<number>().as('fitting'),
      e.fn.max('o.received_at').as('last'),
    ])
    .groupBy(['i.id', 'i.sentence'])
    .orderBy('last', 'desc')
    .orderBy('id')
    .limit(50)
    .execute();
  const of = (state: 'held' | 'open'): number => states.find((row) => row.state === state)?.total ?? 0;
  return { held: of('held'), open: of('open'), withOffers };
}
