import type { Person } from '../world/ledger.ts';
import { ends } from './both-ends-same.ts';
import type { AtRest, Running } from './model.ts';

/** What is shared arrives; what was taken back, and what was never given, stands nowhere at the other side's. */
export const stoppedIsGone: AtRest = {
  name: 'stopped-is-gone',
  look({ ledger, restored }, all) {
    const relationships = ends(all);
    for (const [value, { by, deal, label, fate, stopped }] of ledger.given) {
      const other = by.home === deal.buyer.home ? deal.seller : deal.buyer;
      const readable = placesOf(all, other, READABLE, value);
      if (readable.length > 0) return `${value} lies readable in ${readable.join(', ')} of ${other.handle}`;
      const states = (relationships.get(deal.rel) ?? []).map((it) => it.state);
      const isOver = states.every((state) => state === 'ended');
      const places = placesOf(all, other, PLACES, label);
      const mustBeGone = stopped === 'done' || fate === 'refused' || isOver;
      if (mustBeGone && places.length > 0) {
        return `${other.handle} still has the key of ${value} in ${places.join(', ')} (${fate}, stopped: ${stopped}, ${states})`;
      }
      // Who speaks on from a backup that nobody noticed has said it in a place that was taken.
      if (restored.get(by.host) === 'unnoticed') continue;
      const mustBeThere = fate === 'done' && stopped === undefined && !states.includes('ended');
      // Given before the other side had announced a key, and held back since one of them paused.
      if (states.includes('paused') && placesOf(all, by, WAITING, label).length > 0) continue;
      // What still waited in a backup that came back is not given before somebody says so again.
      if (restored.has(by.host) && placesOf(all, by, WITHDRAWN, label).length > 0) continue;
      if (mustBeThere && !places.includes('grants')) return `${other.handle} has not got ${value}`;
    }
    return undefined;
  },
};

/** Where a value would stand that is not sealed. */
const READABLE = {
  grants: 'select 1 from grants where home_id = ? and value = ?',
  records: 'select 1 from records where home_id = ? and instr(cast(body as text), ?) > 0',
  outbox: 'select 1 from outbox where home_id = ? and instr(cast(octets as text), ?) > 0',
};

/** Where a sealed value and its key stand, found by what it is called; and the grants that can be opened. */
const PLACES = {
  grants: `select 1 from grants g join records r on r.home_id = g.home_id and r.rel = g.rel and r.id = coalesce(g.carrier, g.record)
    where g.home_id = ? and g.label = ? and g.state = 'active' and r.body is not null`,
  records: READABLE.records,
};

/** Where what was given waits at its giver. */
const WAITING = { grants: `select 1 from grants where home_id = ? and label = ? and state = 'planned'` };

const WITHDRAWN = {
  grants: `select 1 from grants where home_id = ? and label = ? and state = 'stopped' and record is null`,
};

function placesOf(
  all: readonly Running[],
  who: Person,
  places: Readonly<Record<string, string>>,
  text: string,
): string[] {
  const life = all.find(({ host }) => host.name === who.host)?.life;
  return Object.entries(places)
    .filter(([, sql]) => (life?.peek(sql, who.home, text).length ?? 0) > 0)
    .map(([place]) => place);
}

interface Openings {
  readonly id: string;
  readonly opens: number;
  readonly untold: number;
}

/** What was opened is told or still to be told, and both sides count the same. */
export const openingsTold: AtRest = {
  name: 'openings-told',
  look({ ledger, restored }, all) {
    if (restored.size > 0) return undefined;
    const sql = 'select id, opens, untold from grants where is_mine = ?';
    const given = new Map(all.flatMap(({ life }) => life.peek<Openings>(sql, 1).map((it) => [it.id, it])));
    for (const { host, life } of all) {
      for (const { id, opens, untold } of life.peek<Openings>(sql, 0)) {
        const told = given.get(id)?.opens ?? 0;
        if (told !== opens)
          return `${id.slice(0, 6)} was opened ${opens} times at ${host.name}, and told ${told}`;
        const said = ledger.opened.get(id) ?? 0;
        if (said > opens + untold)
          return `${id.slice(0, 6)} was opened ${said} times, and counted ${opens + untold}`;
      }
    }
    return undefined;
  },
};
