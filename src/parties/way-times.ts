import type { Instant } from '../kernel/clock.ts';
import { type Tx, tables, type View } from '../storage/index.ts';

/** The ways to open a party that are one each; a passkey says for itself when it was made and used. */
type Way = 'passphrase' | 'recovery-code' | 'recovery-shares';

interface WayTimes {
  way: string;
  made_at: number | null;
  used_at: number | null;
}

interface Tables {
  way_times: WayTimes & { home_id: string };
}

/** Notes on this node that a way was made anew, and so has not been used yet, or that it was used. */
export async function noteWay(tx: Tx, way: Way, what: 'made' | 'used', at: Instant): Promise<void> {
  const times: Partial<WayTimes> = what === 'made' ? { made_at: at, used_at: null } : { used_at: at };
  await tables<Tables>(tx)
    .insertInto('way_times')
    .values({ home_id: tx.home, way, made_at: null, used_at: null, ...times })
    .onConflict((c) => c.columns(['home_id', 'way']).doUpdateSet(times))
    .execute();
}

export async function wayTimes(view: View, home: string): Promise<ReadonlyMap<string, WayTimes>> {
  const rows = await tables<Tables>(view)
    .selectFrom('way_times')
    .select(['way', 'made_at', 'used_at'])
    .where('home_id', '=', home)
    .execute();
  return new Map(rows.map((row) => [row.way, row]));
}
