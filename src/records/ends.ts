import type { Kysely } from 'kysely';
import { prepared, type Tx } from '../storage/index.ts';
import type { RecordRow } from './store.ts';

interface Tables {
  records: RecordRow;
}

interface Both {
  readonly home: string;
  readonly rel: string;
  readonly mine: string;
  readonly theirs: string;
}

const ends = prepared((db: Kysely<Tables>, it: Both) => {
  const headBy = (author: string) =>
    db
      .selectFrom(
        db
          .selectFrom('records')
          .select(['author', 'id', 'seq', 'place'])
          .where('home_id', '=', it.home)
          .where('rel', '=', it.rel)
          .where('author', '=', author)
          .orderBy('seq', 'desc')
          .limit(1)
          .as('head'),
      )
      .selectAll();
  return headBy(it.mine).unionAll(headBy(it.theirs));
});

/**
 * Where both chains of a relationship end: the heads, the number of my own, the last place; at one look. Nobody else speaks
 * there, and the places of each grow with its numbers.
 */
export async function endsOf(tx: Tx, rel: string, mine: string, theirs: string): Promise<Ends> {
  const heads = await ends(tx, { home: tx.home, rel, mine, theirs });
  const my = heads.find(({ author }) => author === mine);
  const their = heads.find(({ author }) => author === theirs);
  const place = Math.max(my?.place ?? 0, their?.place ?? 0);
  return { mine: my?.id ?? null, theirs: their?.id ?? null, seq: my?.seq ?? 0, place };
}

interface Ends {
  readonly mine: string | null;
  readonly theirs: string | null;
  readonly seq: number;
  readonly place: number;
}
