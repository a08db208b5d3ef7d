import { perHost, type Watch } from './model.ts';

interface Row {
  readonly at: number;
  readonly home: string;
  readonly rel: string;
  readonly mine: number;
  readonly words: string;
}

/** Words stand once on each side, in the thread they were written in, and nobody finds any that nobody wrote. */
export function effectsOnce(): Watch {
  const stateOf = perHost(() => ({ at: 0, found: new Set<string>() }));
  return {
    name: 'effects-once',
    look({ ledger }, host, life, isNew) {
      const state = stateOf(host, isNew);
      const rows = life.peek<Row>(
        `select rowid as at, home_id as home, rel, is_mine as mine, words from messages where rowid > ? order by rowid`,
        state.at,
      );
      for (const { at, home, rel, mine, words } of rows) {
        state.at = at;
        const said = ledger.said.get(words);
        if (!said || said.deal.rel !== rel) return `${host.name}: nobody said ${words} there`;
        if ((said.by.home === home) !== (mine === 1)) return `${host.name}: ${words} is said to be another's`;
        const key = `${home} ${words}`;
        if (state.found.has(key)) return `${host.name}: ${words} stands there twice`;
        state.found.add(key);
      }
      return undefined;
    },
  };
}
