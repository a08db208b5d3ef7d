import { sql } from 'kysely';
import type { Tx } from '../storage/index.ts';

/** The schema since which an envelope names the record it carries by its relationship too (migration 40). */
const NAMED_IN_PLACE = 40;
const AT_ONCE = 500;

interface Named {
  readonly rel: string;
  readonly id: string;
}

/** What an archive of an earlier schema holds as before, and this one otherwise, after all of it is in. */
export async function lift(tx: Tx, schema: number): Promise<void> {
  if (schema >= NAMED_IN_PLACE) return;
  for (let after: Named | undefined = { rel: '', id: '' }; after; ) {
    const page: Named[] = await recordsAfter(tx, after);
    if (page.length > 0) await nameInPlace(tx, page);
    after = page.at(-1);
  }
}

async function recordsAfter(tx: Tx, { rel, id }: Named): Promise<Named[]> {
  const { rows } = await sql<Named>`select rel, id from records
    where home_id = ${tx.home} and (rel, id) > (${rel}, ${id}) order by rel, id limit ${AT_ONCE}`.execute(
    tx.db,
  );
  return rows;
}

/** Each is looked for by the index of what envelopes are about: one of records by their id alone there is not. */
async function nameInPlace(tx: Tx, page: readonly Named[]): Promise<void> {
  const named = sql.join(page.map(({ rel, id }) => sql`(${rel}, ${id})`));
  await sql`with named(rel, id) as (values ${named})
    update outbox set about = named.rel || '/' || named.id from named
    where outbox.home_id = ${tx.home} and outbox.about = named.id and outbox.type = 'record'`.execute(tx.db);
}
