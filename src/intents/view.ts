import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { id, instant, text } from '../kernel/schema.ts';
import { Cell, parseCellId } from '../market/index.ts';
import { EndReason, IntentFields, IntentState, MarketName, UnitOfCount } from './model.ts';
import type { Tally } from './offer-store.ts';
import type { IntentRow } from './tables.ts';

/** A cell with the id by which a choice names it. */
export const CellView = Cell.extend({ id: z.string() });

export const Intent = z.object({
  id,
  sentence: text,
  fields: IntentFields,
  state: IntentState,
  cell: CellView.optional().describe('What the market was told; absent while nothing has been sent.'),
  atLeast: z.int().optional().describe('How many could have said it, counted and frozen when it was cast.'),
  unitOfCount: UnitOfCount,
  createdAt: instant,
  castAt: instant.optional(),
  until: instant,
  offers: z.object({
    fitting: z.int().describe('Open offers that fit what was written.'),
    filtered: z.int().describe('Open offers that fit only what the market saw.'),
    waiting: z
      .int()
      .describe('Vendors who have the want and may still answer, as far as the market has said.'),
  }),
  market: MarketName,
  ended: text.optional().describe('Why it is over, when nobody here has ended it.'),
  endReason: EndReason.optional().describe('Why it ended, when nobody here closed it.'),
});
export type Intent = z.infer<typeof Intent>;

const WITH_SAMPLE = 'It ended when the sample market that it was cast into was removed.';

/** A want as doors show it; its state follows the clock also where no row says so yet. */
export function intentView(
  row: IntentRow,
  tally: Tally | undefined,
  now: Instant,
  isEndedWithSample = false,
): Intent {
  const cell = row.cast_at === null ? undefined : parseCellId(row.cell);
  const state = stateAt(row, now);
  const { fitting, filtered, waiting } = tally ?? { fitting: 0, filtered: 0, waiting: 0 };
  return {
    id: row.id,
    sentence: row.sentence,
    fields: fieldsOf(row),
    state,
    ...(cell && { cell: { id: row.cell, ...cell } }),
    ...(row.at_least !== null && { atLeast: row.at_least }),
    unitOfCount: row.unit_of_count,
    createdAt: row.created_at,
    ...(row.cast_at !== null && { castAt: row.cast_at }),
    until: row.until_at,
    offers: { fitting, filtered, waiting: state === 'open' ? waiting : 0 },
    market: { id: row.market, name: row.market_name, isSample: row.is_sample },
    ...(isEndedWithSample && { ended: WITH_SAMPLE }),
    ...(row.end_reason !== null && { endReason: row.end_reason }),
  };
}

export function stateAt(row: Pick<IntentRow, 'state' | 'until_at'>, now: Instant): IntentState {
  const isActive = row.state === 'held' || row.state === 'open';
  return isActive && row.until_at <= now ? 'expired' : row.state;
}

export function fieldsOf(row: Pick<IntentRow, 'fields'>): IntentFields {
  return JSON.parse(row.fields) as IntentFields; // cast-intent parsed them before it wrote the row
}
