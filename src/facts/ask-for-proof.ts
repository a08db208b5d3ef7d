import { z } from 'zod';
import { addDays, civilDateAt, dayPast, endOfDay } from '../kernel/civil.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { civilDate, id, text } from '../kernel/schema.ts';
import { actIn, type RelationshipDeps } from '../relationships/index.ts';
import { Query } from './asking/query.ts';
import { FACT_LIMITS } from './limits.ts';

export const AskForProof = z.object({
  relationship: id,
  query: Query.describe('What you would like to be shown, in DCQL (OpenID4VP 1.0, section 6).'),
  purpose: text.min(1, 'Say what it is for.'),
  until: civilDate.optional().describe('The last day for an answer; 14 days from now when left out.'),
});

const DAYS = 14;

/** Asks the other side to be shown facts; each can be refused by itself. Fails with `date-past`, `request-too-long`. */
export async function askForProof(
  deps: RelationshipDeps,
  actor: PartyActor,
  { relationship, query, purpose, until }: z.output<typeof AskForProof>,
): Promise<Result<{ request: string }>> {
  const today = civilDateAt(deps.clock.now(), 'UTC');
  const day = until ?? addDays(today, DAYS);
  if (day < today) return dayPast('until', day);
  if (day > addDays(today, FACT_LIMITS.requestDays)) {
    const sentence = `An answer may take ${FACT_LIMITS.requestDays} days at most.`;
    return fail('request-too-long', sentence, 'Choose an earlier day.', { until: sentence });
  }
  return deps.storage.transact(actor.home, async (tx) => {
    // As JSON has it: what was left out is not there.
    const plain = JSON.parse(JSON.stringify(query));
    const content = { query: plain, purpose, until: endOfDay(day) };
    const record = await actIn(tx, deps, relationship, 'speak', 'proof-asked', content);
    return record.ok ? ok({ request: record.value }) : record;
  });
}
