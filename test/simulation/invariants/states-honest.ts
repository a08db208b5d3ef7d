import type { AtRest, Running } from './model.ts';

interface Row {
  readonly sender: string;
  readonly id: string;
  readonly type: string;
  readonly host: string;
  readonly state: string;
  readonly problem: string | null;
  readonly receipt: Uint8Array | null;
}

/** Of these the receiver keeps nothing. */
const UNKEPT = ['message-unknown', 'inbox-gone'];

/** What the sender is shown is what the receiver did: acted on, refused, with the very receipt it keeps. */
export const statesHonest: AtRest = {
  name: 'states-honest',
  look({ restored }, all) {
    for (const { host, life } of all) {
      const rows = life.peek<Row>(
        `select sender, id, type, host, state, problem, receipt from outbox where state in ('acted', 'refused')`,
      );
      for (const row of rows) {
        if (restored.has(row.host)) continue;
        const broken = lookAt(all, row);
        if (broken !== undefined)
          return `${host.name} says ${row.type} ${row.id} was ${row.state}: ${broken}`;
      }
    }
    return undefined;
  },
};

function lookAt(all: readonly Running[], row: Row): string | undefined {
  if (UNKEPT.includes(row.problem ?? '')) return undefined;
  const receiver = all.find(({ host }) => host.name === row.host)?.life;
  const kept = receiver?.peek<{ receipt: Uint8Array }>(
    'select receipt from inbox where sender = ? and id = ?',
    row.sender,
    row.id,
  )[0];
  if (!kept) return `${row.host} never took it`;
  return Buffer.from(kept.receipt).equals(row.receipt ?? new Uint8Array(0))
    ? undefined
    : 'by another receipt';
}

/** Among the honest nothing is refused for good, and nothing is given up. */
export const nothingRefused: AtRest = {
  name: 'nothing-refused',
  look({ restored }, all) {
    for (const { host, life } of all) {
      const forks = restored.size > 0 ? "and coalesce(problem, '') <> 'record-fork'" : '';
      const [row] = life.peek<Row>(
        `select sender, id, type, host, state, problem from outbox where state in ('refused', 'dead') ${forks} limit 1`,
      );
      if (row) return `${host.name}: ${row.type} to ${row.host} is ${row.state}: ${row.problem}`;
    }
    return undefined;
  },
};
