import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import { getPartyRow, homeOfHandle, NODE_HOME, type PartyTables } from '../parties/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';

/** Takes a handle of this node for a home: the one it had, else that with a number. Fails with `node-full`. */
export async function takeHandle(deps: BaseDeps, home: HomeId, had: string): Promise<Result<string>> {
  const wished = handle.safeParse(had);
  const base = wished.success ? wished.data : 'party';
  return deps.storage.transact(NODE_HOME, async (tx) => {
    const { total } = await tables<PartyTables>(tx)
      .selectFrom('handles')
      .select((e) => e.fn.countAll<number>().as('total'))
      .where('home_id', '=', NODE_HOME)
      .executeTakeFirstOrThrow();
    if (total >= LIMITS.parties) {
      return fail('node-full', 'This node holds as many parties as it may.', 'Use another node.');
    }
    const chosen = await firstFree(tx, home, base);
    await tables<PartyTables>(tx)
      .insertInto('handles')
      .values({ home_id: NODE_HOME, handle: chosen, party: home })
      .onConflict((c) => c.columns(['home_id', 'handle']).doUpdateSet({ party: home }))
      .execute();
    return ok(chosen);
  });
}

/** A handle whose party was never finished is free. */
async function firstFree(tx: Tx, home: HomeId, base: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? base : `${base.slice(0, 25)}-${number}`;
    const holder = await homeOfHandle(tx, candidate);
    if (holder === undefined || holder === home || !(await getPartyRow(tx, holder))) return candidate;
  }
}
