import { z } from 'zod';
import { startJob } from '../jobs/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import { collectGarbage, giveBackMemory } from '../kernel/memory.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { ensureMarket, enterSampleCasts, getSelf, listingChecker, publishTable } from '../market/index.ts';
import { NODE_HOME } from '../parties/index.ts';
import { castsIn, planCrowds } from './crowds.ts';
import type { SampleDeps } from './deps.ts';
import { eraseSample, WHOLE } from './erase-sample.ts';
import { inBlocks } from './in-blocks.ts';
import { enterVendors, type OpenVendor, openVendor, type SampleMarket } from './load-vendor.ts';
import { getSampleState, SAMPLE, setSampleState } from './model.ts';
import { type PlacedVendor, placeVendors } from './place-vendors.ts';
import { planVendors, SAMPLE_SIZE, type SampleSize, type VendorPlan } from './plan.ts';

/** What is sold, by whom, where and for how much follows from this alone; keys and ids do not. */
export const SEED = 'parley sample market 1';

const CASTS_AT_ONCE = 5_000;
const VENDORS_AT_ONCE = 10;
/** More than one vendor has, so that positions never meet. */
const OUTCOMES_AT_MOST = 100;
/** Of those, how many at their own desks at the same time: PostgreSQL lets more of them get in each other’s way. */
const SIDE_BY_SIDE = 3;
const CAST_DAYS = 60;
const DAY_MS = 86_400_000;

export const Started = z.object({ job: id });

type Progress = Parameters<Parameters<typeof startJob>[3]>[0];

/**
 * Puts in the sample market as a job with progress: vendors, listings, standing, casts, the published table. A cancelled
 * or failed one is taken out again. Fails with `sample-present`.
 */
export async function loadSample(
  deps: SampleDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof Started>>> {
  const begun = await deps.storage.transact(NODE_HOME, async (tx) => {
    if ((await getSampleState(tx)) !== 'absent') {
      return fail(
        'sample-present',
        'The sample market is here already.',
        'Remove it first, to load it anew.',
      );
    }
    await setSampleState(tx, 'loading');
    return ok(true);
  });
  if (!begun.ok) return begun;
  const job = await startJob(deps, actor.home, 'load-sample', async (progress) => {
    let isWhole = false;
    try {
      isWhole = await load(deps, progress);
    } finally {
      if (!isWhole) await eraseSample(deps, WHOLE);
      deps.storage.rest();
      giveBackMemory();
    }
    return undefined;
  });
  if (!job.ok) await deps.storage.transact(NODE_HOME, (tx) => setSampleState(tx, 'absent'));
  return job;
}

/** Answers false when it was asked to stop midway. */
export async function load(
  deps: SampleDeps,
  progress: Pick<Progress, 'tell' | 'count' | 'isStopping'>,
  size: SampleSize = SAMPLE_SIZE,
): Promise<boolean> {
  const total = size.listings + size.casts;
  await progress.tell(0, total);
  const market = await ensureMarket(deps, {
    name: 'Sample market',
    sample: SAMPLE,
    operator: 'Nobody: this is a sample',
  });
  const quick = { ...deps, random: inBlocks(deps.random) };
  const random = seededRandom(SEED);
  const vendors = planVendors(random, deps.places, deps.categories, size);
  if (!(await loadVendors(quick, market, vendors, progress, total))) return false;
  const crowds = planCrowds(vendors, deps.categories);
  const casts = castsIn(crowds, random, size).map(({ crowd, isCounted }) => {
    const cell = crowds[crowd]?.cell;
    assert(cell, 'a cast belongs to a crowd');
    return { cell, isCounted };
  });
  const until = deps.clock.now() + CAST_DAYS * DAY_MS;
  for (let i = 0; i < casts.length; i += CASTS_AT_ONCE) {
    if (progress.isStopping()) return false;
    const some = casts.slice(i, i + CASTS_AT_ONCE).map((cast) => {
      return { ...cast, id: newId(quick.random), key: toBase64url(quick.random.bytes(32)), until };
    });
    await inMarket(deps, market, (tx, self) => enterSampleCasts(tx, deps, self, some));
    await progress.tell(size.listings + i + some.length, total);
  }
  const cells = await inMarket(deps, market, (tx, self) => publishTable(tx, deps, self));
  await deps.storage.transact(NODE_HOME, (tx) => setSampleState(tx, 'loaded'));
  progress.count('vendors', vendors.length);
  progress.count('listings', size.listings);
  progress.count('casts', casts.length);
  progress.count('cells', cells);
  return true;
}

/** Group by group; while one is being checked, the next is made. Answers false when it was asked to stop. */
async function loadVendors(
  deps: SampleDeps,
  market: SampleMarket,
  plans: readonly VendorPlan[],
  progress: Pick<Progress, 'tell' | 'isStopping'>,
  total: number,
): Promise<boolean> {
  const placed = await placeVendors(deps, plans);
  const checker = listingChecker();
  const starts = Array.from(
    { length: Math.ceil(placed.length / VENDORS_AT_ONCE) },
    (_, i) => i * VENDORS_AT_ONCE,
  ).values();
  let [done, isBroken] = [0, false];
  const open = ([i, vendor]: [number, PlacedVendor]): Promise<OpenVendor> => {
    const random = seededRandom(`${SEED}/${vendor.plan.handle}`);
    return openVendor(deps, market, checker, vendor, random, i * OUTCOMES_AT_MOST);
  };
  const lane = async (): Promise<void> => {
    for (const start of starts) {
      if (isBroken || progress.isStopping()) return;
      const group = [...placed.entries()].slice(start, start + VENDORS_AT_ONCE);
      const opened: OpenVendor[] = [];
      for (let i = 0; i < group.length; i += SIDE_BY_SIDE)
        opened.push(...(await allDone(group.slice(i, i + SIDE_BY_SIDE).map(open))));
      await enterVendors(deps, market, opened);
      done += group.reduce((sum, [, { plan }]) => sum + plan.listings, 0);
      await progress.tell(done, total);
      collectGarbage();
    }
  };
  const watched = (): Promise<void> =>
    lane().catch((error: unknown) => {
      isBroken = true;
      throw error;
    });
  try {
    await allDone([watched(), watched()]);
  } finally {
    await checker.close();
  }
  return !progress.isStopping();
}

/** Like `Promise.all`, but nothing runs on any more when it throws: what failed is taken out right after. */
async function allDone<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

type MarketWork<T> = (
  tx: Parameters<Parameters<SampleDeps['storage']['transact']>[1]>[0],
  self: NonNullable<Awaited<ReturnType<typeof getSelf>>>,
) => Promise<T>;

function inMarket<T>(deps: SampleDeps, market: SampleMarket, work: MarketWork<T>): Promise<T> {
  return deps.storage.transact(market.home, async (tx) => {
    const self = await getSelf(tx, market.home);
    assert(self, 'the sample market is open');
    return work(tx, self);
  });
}
