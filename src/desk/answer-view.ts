import type { Instant } from '../kernel/clock.ts';
import { Answer } from '../market/index.ts';
import type { OwnAnswer } from './model.ts';
import type { OfferRow } from './tables.ts';

/** An answer of mine; `problem` is why the market refused it. */
export function answerView(row: OfferRow, problem: string | null, now: Instant): OwnAnswer {
  const answer = Answer.parse(JSON.parse(Buffer.from(row.payload).toString('utf8')));
  const { title, price, fees, terms, delivery, until, asks, note } = answer;
  return {
    id: row.id,
    alias: row.name,
    storefront: row.storefront,
    title,
    price,
    fees,
    terms,
    delivery,
    until,
    asks,
    note,
    madeAt: row.made_at,
    state: stateOf(row, problem, now),
    ...(problem !== null && { problem }),
  };
}

function stateOf(row: OfferRow, problem: string | null, now: Instant): OwnAnswer['state'] {
  if (problem !== null) return 'refused';
  if (row.state === 'taken') return 'taken';
  if (row.state !== 'open') return 'withdrawn';
  return row.until_at <= now ? 'expired' : 'open';
}
