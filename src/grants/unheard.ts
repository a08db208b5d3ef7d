import { parsePayload, type RecordRow, recordsOf } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { COUNTED } from './content.ts';
import type { GrantTables } from './model.ts';

type Both = GrantTables & { records: RecordRow };

/** First values of somebody in a relationship whose bodies are gone and that no row is of, in their order. */
export async function lostGrants(tx: Tx, rel: string, author: string): Promise<string[]> {
  const rows = await tables<Both>(tx)
    .selectFrom('records as r')
    .select('r.id')
    .where('r.home_id', '=', tx.home)
    .where('r.rel', '=', rel)
    .where('r.author', '=', author)
    .where('r.type', '=', 'grant')
    .where('r.v', 'in', [2, COUNTED])
    .where('r.body', 'is', null)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('grants as g')
            .select('g.id')
            .whereRef('g.home_id', '=', 'r.home_id')
            .whereRef('g.rel', '=', 'r.rel')
            .whereRef('g.record', '=', 'r.id'),
        ),
      ),
    )
    .orderBy('r.place')
    .execute();
  return rows.map((row) => row.id);
}

/** Whether its giver has taken a grant back. */
export async function wasStopped(tx: Tx, rel: string, isMine: boolean, grant: string): Promise<boolean> {
  const stops = await recordsOf(tx, tx.home, rel, ['grant-stopped']);
  return stops.some(({ is_mine, body }) => {
    const said = is_mine === isMine && body ? parsePayload(body) : undefined;
    return said?.ok === true && said.value.grant === grant;
  });
}
