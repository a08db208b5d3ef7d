import type { Person } from '../world/ledger.ts';
import { ends } from './both-ends-same.ts';
import type { AtRest, Running } from './model.ts';

/** What is shared arrives; what was taken back, and what was never given, stands nowhere at the other side's. */
export const stoppedIsGone: AtRest = {
  name: 'stopped-is-gone',
  look({ ledger, restored }, all) {
    const relationships = ends(all);
    for (const [value, { by, deal, fate, stopped }] of ledger.given) {
      const other = by.home === deal.buyer.home ? deal.seller : deal.buyer;
      const states = (relationships.get(deal.rel) ?? []).map((it) => it.state);
      const isOver = states.every((state) => state === 'ended');
      const places = placesOf(all, other, value);
      const mustBeGone = stopped === 'done' || fate === 'refused' || isOver;
      if (mustBeGone && places.length > 0) {
        return `${other.handle} still has ${value} in ${places.join(', ')} (${fate}, stopped: ${stopped}, ${states})`;
      }
      // Who speaks on from a backup that nobody noticed has said it in a place that was taken.
      if (restored.get(by.host) === 'unnoticed') continue;
      const mustBeThere = fate === 'done' && stopped === undefined && !states.includes('ended');
      if (mustBeThere && !places.includes('grants')) return `${other.handle} has not got ${value}`;
    }
    return undefined;
  },
};

const PLACES = {
  grants: 'select 1 from grants where home_id = ? and value = ?',
  records: 'select 1 from records where home_id = ? and instr(cast(body as text), ?) > 0',
  outbox: 'select 1 from outbox where home_id = ? and instr(cast(octets as text), ?) > 0',
};

function placesOf(all: readonly Running[], who: Person, value: string): string[] {
  const life = all.find(({ host }) => host.name === who.host)?.life;
  return Object.entries(PLACES)
    .filter(([, sql]) => (life?.peek(sql, who.home, value).length ?? 0) > 0)
    .map(([place]) => place);
}
