import { z } from 'zod';
import { startJob } from '../jobs/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { uploadedFile } from '../kernel/upload.ts';
import { base64url, type KnownMarket, type PlaceRef } from '../market/index.ts';
import type { Tx } from '../storage/index.ts';
import { DEFAULT_TERMS } from '../terms/index.ts';
import type { DeskDeps } from './deps.ts';
import { categoryReader } from './import/category-rules.ts';
import { Mapping } from './import/model.ts';
import { runImport } from './import/run-import.ts';
import { newestPlace } from './listing-view.ts';
import { marketGone } from './publish-listing.ts';
import { marketOf } from './sign-listings.ts';
import { chosenStorefront } from './storefront.ts';

export const ImportListings = z.object({
  file: uploadedFile.describe('A Google Merchant product feed (XML), or a CSV file with a header.'),
  storefront: base64url.optional(),
  mapping: Mapping.prefault({}),
  dryRun: z.boolean().default(false).describe('Only says what would become of each row.'),
});
export const ImportStarted = z.object({ job: id });
type Input = z.output<typeof ImportListings>;

interface Ready {
  readonly storefront: string;
  readonly market: KnownMarket;
  readonly place: PlaceRef;
}

/**
 * Starts to list what a file holds; `get-job` tells how far it is and what became of each row. Importing again updates
 * by the file's own ids. Fails with `storefront-needed`, `place-needed`, `category-unknown`, `jobs-busy`.
 */
export async function importListings(
  deps: DeskDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof ImportStarted>>> {
  const unknown = unknownCategory(deps, input.mapping);
  if (unknown) return unknown;
  const ready = await deps.storage.transact(actor.home, (tx) => prepare(tx, deps, input));
  if (!ready.ok) return ready;
  const { storefront, market, place } = ready.value;
  const { mapping, file } = input;
  const reading = {
    mapping: { ...mapping, place, acceptsTerms: mapping.acceptsTerms ?? [DEFAULT_TERMS] },
    categories: categoryReader(deps.categories, { texts: mapping.categories, fallback: mapping.category }),
    now: deps.clock.now(),
  };
  const wanted = { home: actor.home, storefront, market, file, reading, isDryRun: input.dryRun };
  const release = file.hold();
  const started = await startJob(deps, actor.home, 'import-listings', async (progress) => {
    try {
      return await runImport(deps, wanted, progress);
    } finally {
      await release();
    }
  });
  if (!started.ok) await release();
  return started;
}

async function prepare(tx: Tx, deps: DeskDeps, input: Input): Promise<Result<Ready>> {
  const own = await chosenStorefront(tx, deps, input.storefront);
  if (!own.ok) return own;
  const market = await marketOf(tx, own.value);
  if (!market) return marketGone();
  const place = input.mapping.place ?? (await newestPlace(tx, own.value.id));
  if (place) return ok({ storefront: own.value.id, market, place });
  return fail('place-needed', 'A file does not say where the things are.', 'Say the place in the mapping.', {
    'mapping.place': 'Say where the things are.',
  });
}

function unknownCategory(deps: DeskDeps, mapping: Mapping): Failure | undefined {
  const named = [...Object.values(mapping.categories ?? {}), ...(mapping.category ? [mapping.category] : [])];
  const unknown = named.find((category) => !deps.categories.get(category));
  if (unknown === undefined) return undefined;
  return fail(
    'category-unknown',
    `The mapping names ${unknown}, which is no category.`,
    'Choose one from the list.',
  );
}
