import { sql } from 'kysely';
import type { Tx } from '../storage/index.ts';

/** The schema since which an envelope names the record it carries by its relationship too (migration 40). */
const NAMED_IN_PLACE = 40;

/** What an archive of an earlier schema holds as before, and this one otherwise, after all of it is in. */
export async function lift(tx: Tx, schema: number): Promise<void> {
  if (schema >= NAMED_IN_PLACE) return;
  await sql`update outbox set about = r.rel || '/' || r.id from records r
    where outbox.home_id = ${tx.home} and outbox.type = 'record'
    and r.home_id = outbox.home_id and r.id = outbox.about`.execute(tx.db);
}
