import { z } from 'zod';
import { type CivilDate, civilDateAt } from '../kernel/civil.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { type Cell, type KnownMarket, Whereabouts, whereabouts } from '../market/index.ts';
import { fetchTable } from './ask-table.ts';
import { type Counted, castUntil, choicesOf, dayOf, isGathering, leastLoss } from './cell-rules.ts';
import type { IntentDeps } from './deps.ts';
import { knowledgeOf } from './knowledge.ts';
import { buyerOf, completeFields, type Levels, levelsOf, marketFor } from './levels.ts';
import { linesOf, lostInWords } from './line-rules.ts';
import { IntentFields, MarketName, UnitOfCount } from './model.ts';
import { CellView } from './view.ts';

export const PreviewCast = z.object({
  fields: IntentFields,
  market: id
    .optional()
    .describe('The one of your newest want when left out, else the sample, else the first.'),
});

export const CastChoice = z.object({
  cell: CellView,
  lines: z.array(z.object({ label: z.string(), mine: z.string(), market: z.string() })),
  atLeast: z
    .int()
    .nullable()
    .describe('The step that the published count reaches; null when the table says nothing.'),
  unitOfCount: UnitOfCount,
  lost: z.string().describe('What is generalised beyond the finest level, in words.'),
  isBelow: z.boolean().describe('True when too few could have said it, or nobody knows how many.'),
  isOpen: z
    .boolean()
    .describe('True when it is cast all the same, because naming it as the choice says yes to being alone.'),
});
export type CastChoice = z.infer<typeof CastChoice>;

export const CastPreview = z.object({
  choices: z.array(CastChoice),
  recommended: z
    .int()
    .describe('The choice that gives up least and hides among enough; 0 with isBelow when there is none.'),
  smallest: z.int().describe('The fewest that must have been able to say it, for this want.'),
  epoch: z
    .string()
    .describe('The day on which the table was published, YYYY-MM-DD; empty while none is here.'),
  isTableOnItsWay: z.boolean().describe('True when the market was asked for a newer table.'),
  market: MarketName.extend(Whereabouts.shape),
});
export type CastPreview = z.infer<typeof CastPreview>;

const ALONE = 'You may be the only one who is seen like this.';

/**
 * What the market would see at each level of generality, and among how many it hides. Read at home from the market's
 * published table; when that is missing or old it is asked for, which says nothing about the want, and not waited for.
 */
export async function previewCast(
  deps: IntentDeps,
  actor: PartyActor,
  input: z.output<typeof PreviewCast>,
): Promise<Result<CastPreview>> {
  const read = await deps.storage.read(async (view) => {
    const market = await marketFor(view, actor.home, input.market);
    if (!market.ok) return market;
    const fields = await completeFields(view, deps, actor.home, input.fields);
    if (!fields.ok) return fields;
    const buyer = await buyerOf(view, actor.home);
    if (!buyer.ok) return buyer;
    const levels = await levelsOf(view, deps, actor.home, market.value, fields.value, buyer.value);
    return ok({ market: market.value, fields: fields.value, levels });
  });
  if (!read.ok) return read;
  const { market, fields, levels } = read.value;
  const isTableOnItsWay = await fetchTable(deps, actor.home, market);
  return ok({ ...previewOf(deps, market, fields, levels), isTableOnItsWay });
}

function previewOf(
  deps: IntentDeps,
  market: KnownMarket,
  fields: IntentFields,
  levels: Levels,
): Omit<CastPreview, 'isTableOnItsWay'> {
  const names = knowledgeOf(deps);
  const shown = shownLevels(market, levels);
  const choices = shown.map((it): CastChoice => {
    const lost = lostInWords(levels.finest.cell, it.cell, names);
    const isOpen = isOpenBelow(market, levels, it);
    return {
      cell: { id: it.id, ...it.cell },
      lines: linesOf(fields, it.cell, besideOf(deps, market, it.cell), names),
      atLeast: it.atLeast,
      unitOfCount: market.rules.counts,
      lost: isOpen ? [lost, ALONE].filter((part) => part !== '').join('; ') : lost,
      isBelow: it.isBelow,
      isOpen,
    };
  });
  const best = leastLoss(levels.counted);
  const at = levels.table?.published_at;
  return {
    choices,
    recommended: Math.max(0, best ? shown.indexOf(best) : 0),
    smallest: levels.least,
    epoch: at == null ? '' : dayOf(at),
    market: {
      ...{ id: market.id, name: market.name, isSample: market.isSample },
      ...whereabouts(deps, market),
    },
  };
}

function besideOf(deps: IntentDeps, market: KnownMarket, cell: Cell): { host: string; until: CivilDate } {
  // Answers wait where the market is, unless it is here: it need not learn where they are fetched from.
  const host = market.address.host;
  return { host, until: civilDateAt(castUntil(cell.time, deps.clock.now()), 'UTC') };
}

function shownLevels(market: KnownMarket, levels: Levels): Counted[] {
  const shown = choicesOf(levels.counted);
  const gathering = levels.counted.find((it) => isOpenBelow(market, levels, it));
  return gathering && !shown.includes(gathering) ? [...shown, gathering] : shown;
}

/** A gathering level that may be joined although too few are known to be there. */
export function isOpenBelow(market: KnownMarket, levels: Levels, level: Counted): boolean {
  return level.isBelow && isGathering(level, market.rules.smallest, levels.vertical);
}
