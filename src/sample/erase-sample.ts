import { endIntentsAt } from '../intents/index.ts';
import type { HomeId } from '../kernel/ids.ts';
import { forgetMarket, marketsOf } from '../market/index.ts';
import { NODE_HOME, type PartyTables } from '../parties/index.ts';
import { endWithSample } from '../relationships/index.ts';
import { countRows, eraseRows, homeTables, tables, type View } from '../storage/index.ts';
import type { SampleDeps } from './deps.ts';
import { SAMPLE, setSampleState } from './model.ts';
import { freeHandles } from './place-vendors.ts';

/** Rows that one transaction deletes: everybody else has their turn after each. */
const ROWS_AT_ONCE = 2_000;

interface Watch {
  tell(done: number, total: number): Promise<void>;
  isStopping(): boolean;
}

/** Nobody watches, and nothing stops it. */
export const WHOLE: Watch = { tell: async () => {}, isStopping: () => false };

/** What a sample party leaves last, so that the rest is found again after an interruption. */
const LAST = 'parties';

/**
 * Takes out every row of every sample party, some at a time, and what the node remembers of them; wants that real
 * people have cast there and relationships with its vendors end first. Cut off at any point, it goes on when it is
 * begun again. Answers how many parties are gone; undefined when it was asked to stop before the end.
 */
export async function eraseSample(deps: SampleDeps, watch: Watch): Promise<number | undefined> {
  const homes = await deps.storage.read(sampleHomes);
  await deps.storage.transact(NODE_HOME, async (tx) => {
    await setSampleState(tx, 'removing');
    for (const home of homes) if (home.kind === 'market') await forgetMarket(tx, home.home_id);
  });
  for (const home of await deps.storage.read(realHomes)) {
    await deps.storage.transact(home, async (tx) => {
      const known = new Set((await marketsOf(tx)).map((market) => market.id));
      await endIntentsAt(tx, (market) => !known.has(market));
      await endWithSample(tx, deps);
    });
  }
  const every = await deps.storage.read(homeTables);
  const order = [...every.filter((name) => name !== LAST), LAST];
  // The market last: until then a vendor that is still here has the market that it names.
  const sorted = homes.toSorted((a, b) => Number(a.kind === 'market') - Number(b.kind === 'market'));
  const ids = sorted.map((home) => home.home_id);
  const total = await deps.storage.read((view) => countRows(view, order, ids));
  let done = 0;
  for (const home of ids) {
    for (let erased = ROWS_AT_ONCE; erased === ROWS_AT_ONCE; ) {
      if (watch.isStopping()) return undefined;
      erased = await deps.storage.transact(home, (tx) => eraseRows(tx, order, ROWS_AT_ONCE));
      done += erased;
      await watch.tell(Math.min(done, total), total);
    }
  }
  await deps.storage.transact(NODE_HOME, async (tx) => {
    await freeHandles(tx);
    await setSampleState(tx, 'absent');
  });
  return homes.length;
}

type SampleHome = Pick<PartyTables['parties'], 'home_id' | 'kind'>;

async function sampleHomes(view: View): Promise<SampleHome[]> {
  return tables<PartyTables>(view)
    .selectFrom('parties')
    .select(['home_id', 'kind'])
    .where('sample', '=', SAMPLE)
    .execute();
}

async function realHomes(view: View): Promise<HomeId[]> {
  const rows = await tables<PartyTables>(view)
    .selectFrom('parties')
    .select('home_id')
    .where('sample', 'is', null)
    .where('kind', '!=', 'market')
    .execute();
  return rows.map((row) => row.home_id);
}
