import type { AtRest, Running } from './model.ts';

interface Item {
  readonly listing: string;
  readonly number: string;
  readonly state: string;
  readonly stock: number;
}

/** Once connected, the market offers what is for sale and nothing else, and closes what its wanter has closed. */
export const marketUpToDate: AtRest = {
  name: 'market-up-to-date',
  look({ restored }, all) {
    if (restored.size > 0) return undefined;
    for (const { host, life } of all) {
      const items = life.peek<Item>(
        'select listing, number, state, stock - held as stock from desk_items where problem is null',
      );
      for (const { listing, number, state, stock } of items) {
        const [known] = onMarkets<{ open: number }>(
          all,
          'select is_open as open from market_listings where id = ?',
          listing,
        );
        if ((known?.open === 1) !== (state === 'open' && stock > 0)) {
          return `${host.name}: ${number} is ${state} with ${stock} left, the market has it ${known?.open ?? 'no more'}`;
        }
      }
      for (const { id } of life.peek<{ id: string }>(
        'select id from intent_casts where closed_at is not null',
      )) {
        const [known] = onMarkets<{ open: number }>(
          all,
          'select is_open as open from market_casts where id = ?',
          id,
        );
        if (known?.open === 1) return `${host.name} has closed a cast that the market still has open`;
      }
    }
    return undefined;
  },
};

function onMarkets<T>(all: readonly Running[], sql: string, id: string): T[] {
  return all.flatMap(({ life }) => life.peek<T>(sql, id));
}
