import type { HomeId } from '../kernel/ids.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { candidateCells, cellId, type KnownMarket, marketsOf } from '../market/index.ts';
import { getPartyRow } from '../parties/index.ts';
import type { View } from '../storage/index.ts';
import { profferedTerms } from '../terms/index.ts';
import { type Counted, cellSource, countCells, leastCrowd } from './cell-rules.ts';
import type { IntentDeps } from './deps.ts';
import { checkFields } from './field-rules.ts';
import { knowledgeOf } from './knowledge.ts';
import type { IntentFields } from './model.ts';
import { newestMarket } from './store.ts';
import { countsOf, keptTable } from './table-store.ts';
import type { KeptTableRow } from './tables.ts';

/**
 * The market that is meant: the one named; else the one of this home's newest want; else the sample, which whoever has
 * loaded it wants to try; else the first that this node knows. Fails with `market-unknown`.
 */
export async function marketFor(view: View, home: HomeId, id?: string): Promise<Result<KnownMarket>> {
  const known = await marketsOf(view);
  const usual = id ?? (await newestMarket(view, home));
  const named = known.find((market) => market.id === usual);
  const market = id === undefined ? (named ?? known.find((it) => it.isSample) ?? known[0]) : named;
  if (market) return ok(market);
  return id === undefined
    ? fail('market-unknown', 'No market is known here yet.', 'Load the sample market, or open a market.')
    : fail('market-unknown', 'That market is not known here.', 'Choose one from the list of markets.');
}

/** The kind of buyer that this home is; fails with `party-paused` on an imported copy, which casts nothing. */
export async function buyerOf(view: View, home: HomeId): Promise<Result<'person' | 'organisation'>> {
  const party = await getPartyRow(view, home);
  if (!party || party.paused_at !== null) {
    return fail(
      'party-paused',
      'This is a paused copy; it casts nothing.',
      'Act from the node that is in use.',
    );
  }
  return ok(party.kind === 'person' ? 'person' : 'organisation');
}

/** The fields checked, and with my own terms where they require none. Fails as `checkFields` does. */
export async function completeFields(
  view: View,
  deps: IntentDeps,
  home: HomeId,
  fields: IntentFields,
): Promise<Result<IntentFields>> {
  const checked = checkFields(fields, deps.clock.now(), knowledgeOf(deps));
  if (!checked.ok || fields.requiredTerms.length > 0) return checked;
  return ok({ ...fields, requiredTerms: (await profferedTerms(view, home)).ids });
}

/** Every cell that may stand for a want with what the newest table here says, in order of information lost. */
export interface Levels {
  readonly counted: readonly Counted[];
  readonly finest: Counted;
  /** Fewest accounts that a cell must have for this want. */
  readonly least: number;
  /** The root of its vertical. */
  readonly vertical: string;
  /** Undefined while no table has come. */
  readonly table: KeptTableRow | undefined;
}

/** Reads this home's own rows and nothing else: the market is not asked and learns nothing. */
export async function levelsOf(
  view: View,
  deps: IntentDeps,
  home: HomeId,
  market: KnownMarket,
  fields: IntentFields,
  buyer: 'person' | 'organisation',
): Promise<Levels> {
  const ancestors = deps.categories.ancestors(fields.category);
  const candidates = candidateCells(cellSource(fields, buyer, deps.clock.now(), ancestors));
  const table = await keptTable(view, home, market.id);
  const cells = candidates.map((candidate) => cellId(candidate.cell));
  const counts = table ? await countsOf(view, home, table, cells) : new Map<string, number>();
  const isSensitive = deps.categories.get(fields.category)?.sensitive ?? false;
  const least = leastCrowd(market.rules.smallest, isSensitive);
  const counted = countCells(candidates, counts, least);
  const [finest] = counted;
  assert(finest, 'a want has at least one cell');
  return {
    counted,
    finest,
    least,
    vertical: ancestors.at(-1) ?? fields.category,
    table: table?.number === null ? undefined : table,
  };
}
