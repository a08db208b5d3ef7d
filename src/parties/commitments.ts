import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import { recoveryCommitment } from './identity.ts';
import type { PartyTables } from './model.ts';
import { getPartyRow } from './store.ts';

/** How many relationships may be opened before the owner must sign in again. */
export const COMMITMENTS_AHEAD = 512;

const ROWS_AT_ONCE = 100;

interface Commitment {
  readonly position: number;
  readonly commitment: string;
}

/** What the identities at these positions commit to. Each costs a multiplication on the curve: outside of transactions. */
export function commitmentsOf(secret: Uint8Array, from: number, until: number): Commitment[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, i) => ({
    position: from + i,
    commitment: recoveryCommitment(secret, from + i),
  }));
}

/** The commitments that a party is short of, up to so many beyond its next identity. */
export async function missingCommitments(
  deps: Pick<BaseDeps, 'storage' | 'commitmentsAhead'>,
  home: HomeId,
  secret: Uint8Array,
): Promise<Commitment[]> {
  const [from, until] = await deps.storage.read(async (view) => {
    const party = await getPartyRow(view, home);
    return [await firstMissing(view, home), (party?.next_position ?? 0) + deps.commitmentsAhead];
  });
  return commitmentsOf(secret, from, until);
}

/** Keeps them, but for those that somebody else who signed in has kept meanwhile. */
export async function insertCommitments(tx: Tx, made: readonly Commitment[]): Promise<void> {
  const from = await firstMissing(tx, tx.home);
  const rows = made.filter((it) => it.position >= from).map((it) => ({ home_id: tx.home, ...it }));
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
    await tables<PartyTables>(tx)
      .insertInto('recovery_commitments')
      .values(rows.slice(i, i + ROWS_AT_ONCE))
      .execute();
  }
}

async function firstMissing(view: View, home: HomeId): Promise<number> {
  const last = await tables<PartyTables>(view)
    .selectFrom('recovery_commitments')
    .select('position')
    .where('home_id', '=', home)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (last?.position ?? -1) + 1;
}
