import { ends } from './both-ends-same.ts';
import type { AtRest } from './model.ts';

/** What somebody was told is said stands on both sides; what failed stands on neither. */
export const wordsArrive: AtRest = {
  name: 'words-arrive',
  look({ ledger, restored }, all) {
    const relationships = ends(all);
    for (const [words, { by, deal, fate }] of ledger.said) {
      if (restored.get(by.host) === 'unnoticed') continue;
      const other = by.home === deal.buyer.home ? deal.seller : deal.buyer;
      const [here, there] = [by, other].map((who) => {
        const life = all.find(({ host }) => host.name === who.host)?.life;
        return (
          life?.peek('select 1 from messages where home_id = ? and words = ?', who.home, words).length ?? 0
        );
      });
      if (fate === 'refused' && (here || there)) return `${words} failed and was said all the same`;
      if (fate === 'done' && !here) return `${words} is not in its own thread`;
      const isOver = relationships.get(deal.rel)?.some((it) => it.state === 'ended');
      if (here !== there && !isOver) return `${words} is ${here} times here and ${there} times there`;
    }
    return undefined;
  },
};
