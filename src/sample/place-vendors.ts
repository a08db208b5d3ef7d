import { type HomeId, newId } from '../kernel/ids.ts';
import { NODE_HOME, type PartyTables } from '../parties/index.ts';
import { insertRows, type Tx, tables, type View } from '../storage/index.ts';
import type { SampleDeps } from './deps.ts';
import type { VendorPlan } from './plan.ts';

/** A planned vendor with the home and the handle that it has on this node. */
export interface PlacedVendor {
  readonly plan: VendorPlan;
  readonly home: HomeId;
  readonly handle: string;
}

const PREFIX = 'sample-';

/** Gives every vendor a home and a handle, and reserves the handles; what somebody has already is left to them. */
export async function placeVendors(deps: SampleDeps, plans: readonly VendorPlan[]): Promise<PlacedVendor[]> {
  return deps.storage.transact(NODE_HOME, async (tx) => {
    const taken = new Set((await sampleHandles(tx)).map((row) => row.handle));
    const placed = plans.map((plan): PlacedVendor => {
      const handle = freeHandle(plan.handle, taken);
      taken.add(handle);
      return { plan, home: newId(deps.random), handle };
    });
    const rows = placed.map(({ home, handle }) => ({ home_id: NODE_HOME, handle, party: home }));
    await insertRows<PartyTables['handles']>(tx, 'handles', rows);
    return placed;
  });
}

/** Frees the handles of homes that are gone, and those of a loading that ended before their vendors came in. */
export async function freeHandles(tx: Tx): Promise<void> {
  const parties = await tables<PartyTables>(tx).selectFrom('parties').select('home_id').execute();
  const here = new Set(parties.map((row) => row.home_id));
  const orphans = (await sampleHandles(tx)).filter((row) => !here.has(row.party)).map((row) => row.handle);
  for (let i = 0; i < orphans.length; i += 200) {
    await tables<PartyTables>(tx)
      .deleteFrom('handles')
      .where('home_id', '=', NODE_HOME)
      .where('handle', 'in', orphans.slice(i, i + 200))
      .execute();
  }
}

async function sampleHandles(view: View): Promise<Pick<PartyTables['handles'], 'handle' | 'party'>[]> {
  return tables<PartyTables>(view)
    .selectFrom('handles')
    .select(['handle', 'party'])
    .where('home_id', '=', NODE_HOME)
    .where('handle', '>=', PREFIX)
    .where('handle', '<', `${PREFIX}~`)
    .execute();
}

function freeHandle(wished: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wished)) return wished;
  for (let n = 2; ; n++) if (!taken.has(`${wished}-${n}`)) return `${wished}-${n}`;
}
