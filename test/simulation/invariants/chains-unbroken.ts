import { type AtRest, perHost, type Watch } from './model.ts';

interface Row {
  readonly at: number;
  readonly home: string;
  readonly rel: string;
  readonly author: string;
  readonly seq: number;
  readonly id: string;
  readonly mine: number;
  readonly payload: Uint8Array;
}

interface Chains {
  at: number;
  /** By home and relationship: the last record of each author. */
  readonly heads: Map<string, Map<string, { readonly seq: number; readonly id: string }>>;
  readonly known: Set<string>;
}

/** Every record follows the one before it, says truly what its author had seen, and nobody honest ever forks. */
export function chainsUnbroken(): Watch {
  const stateOf = perHost<Chains>(() => ({ at: 0, heads: new Map(), known: new Set() }));
  return {
    name: 'chains-unbroken',
    look({ restored }, host, life, isNew) {
      // What the other side gave back comes chain by chain, and takes the place of what was said too early.
      if (restored.has(host.name)) return undefined;
      const state = stateOf(host, isNew);
      const rows = life.peek<Row>(
        `select rowid as at, home_id as home, rel, author, seq, id, is_mine as mine, payload
          from records not indexed where rowid > ? order by home_id, rel, place`,
        state.at,
      );
      for (const row of rows) {
        const broken = lookAt(state, row);
        if (broken !== undefined)
          return `${host.name}: record ${row.seq} of ${row.author.slice(0, 6)} ${broken}`;
        state.at = Math.max(state.at, row.at);
      }
      const forks = life.peek('select 1 from forks limit 1');
      // Who came back from a backup unnoticed has spoken twice in one place, and is found out.
      return forks.length > 0 && restored.size === 0
        ? `${host.name} holds a fork of somebody honest`
        : undefined;
    },
  };
}

function lookAt(state: Chains, row: Row): string | undefined {
  // The program wrote it; the test of its shape is the program's own.
  const payload = JSON.parse(Buffer.from(row.payload).toString('utf8')) as {
    prev: string | null;
    seen: string | null;
  };
  const key = `${row.home} ${row.rel}`;
  const heads = state.heads.get(key) ?? new Map<string, { seq: number; id: string }>();
  state.heads.set(key, heads);
  const before = heads.get(row.author);
  if (row.seq !== (before?.seq ?? 0) + 1) return `comes after ${before?.seq ?? 0}`;
  if (payload.prev !== (before?.id ?? null)) return 'names another one before it';
  state.known.add(`${row.home} ${row.id}`);
  heads.set(row.author, { seq: row.seq, id: row.id });
  const others = [...heads].filter(([author]) => author !== row.author).map(([, head]) => head.id);
  if (row.mine && payload.seen !== (others[0] ?? null)) return 'has not seen what was there';
  if (!row.mine && payload.seen !== null && !state.known.has(`${row.home} ${payload.seen}`)) {
    return 'has seen what was never said';
  }
  return undefined;
}

/** The same for everybody once nothing moves, whatever came back and when: no chain has a hole or a wrong link. */
export const chainsAtRest: AtRest = {
  name: 'chains-unbroken',
  look(_world, all) {
    for (const { host, life } of all) {
      const rows = life.peek<Omit<Row, 'at' | 'mine'>>(
        'select home_id as home, rel, author, seq, id, payload from records order by home_id, rel, author, seq',
      );
      const heads = new Map<string, { seq: number; id: string }>();
      for (const { home, rel, author, seq, id, payload } of rows) {
        const key = `${home} ${rel} ${author}`;
        const head = heads.get(key);
        const { prev } = JSON.parse(Buffer.from(payload).toString('utf8')); // the program wrote it
        if (seq !== (head?.seq ?? 0) + 1 || prev !== (head?.id ?? null)) {
          return `${host.name}: record ${seq} of ${author.slice(0, 6)} does not follow ${head?.seq ?? 0}`;
        }
        heads.set(key, { seq, id });
      }
    }
    return undefined;
  },
};
