import { forgetMarket } from '../market/index.ts';
import { NODE_HOME, type PartyTables } from '../parties/index.ts';
import { eraseHome, homeTables, tables, type View } from '../storage/index.ts';
import type { SampleDeps } from './deps.ts';
import { SAMPLE, setSampleState } from './model.ts';

/**
 * Takes out every row of every sample party, and what the node remembers of them. Begun again after an interruption, it
 * goes on. `tell` hears how many of how many homes are gone.
 */
export async function eraseSample(
  deps: SampleDeps,
  tell: (done: number, total: number) => Promise<void>,
): Promise<number> {
  const { homes, everywhere } = await deps.storage.read(async (view) => ({
    homes: await sampleHomes(view),
    everywhere: await homeTables(view),
  }));
  await deps.storage.transact(NODE_HOME, async (tx) => {
    await setSampleState(tx, 'removing');
    for (const home of homes) if (home.kind === 'market') await forgetMarket(tx, home.home_id);
  });
  let done = 0;
  for (const { home_id: home } of homes) {
    await deps.storage.transact(home, (tx) => eraseHome(tx, everywhere));
    await tell(++done, homes.length);
  }
  await deps.storage.transact(NODE_HOME, async (tx) => {
    await tables<PartyTables>(tx)
      .deleteFrom('handles')
      .where('home_id', '=', NODE_HOME)
      .where(
        'party',
        'in',
        homes.map((home) => home.home_id),
      )
      .execute();
    await setSampleState(tx, 'absent');
  });
  return homes.length;
}

async function sampleHomes(view: View): Promise<Pick<PartyTables['parties'], 'home_id' | 'kind'>[]> {
  return tables<PartyTables>(view)
    .selectFrom('parties')
    .select(['home_id', 'kind'])
    .where('sample', '=', SAMPLE)
    .execute();
}
