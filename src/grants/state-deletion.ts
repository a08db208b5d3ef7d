import { z } from 'zod';
import { dayPast, endOfDay } from '../kernel/civil.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { civilDate, id, text } from '../kernel/schema.ts';
import { actIn, type RelationshipDeps } from '../relationships/index.ts';
import { getGrantRow } from './store.ts';

export const StateDeletion = z.object({
  grant: id,
  what: z
    .enum(['all-erased', 'kept-by-law'])
    .describe('Every copy that was carried elsewhere is erased too; or a law makes you keep some.'),
  words: text.default('').describe('Which copies, or which law, in your own words; they see it.'),
  until: civilDate.optional().describe('The last day on which it must be kept.'),
});

/**
 * Says in writing what became of copies of what was given, once it is not shared any more. That it is erased here has been
 * said already. Fails with `grant-unknown`, `grant-state`, `words-missing`, `date-past`.
 */
export async function stateDeletion(
  deps: RelationshipDeps,
  actor: PartyActor,
  { grant, what, words, until }: z.output<typeof StateDeletion>,
): Promise<Result<{ record: string }>> {
  const last = until === undefined ? null : endOfDay(until);
  if (until !== undefined && last !== null && last <= deps.clock.now()) return dayPast('until', until);
  if (what === 'kept-by-law' && words.trim() === '')
    return fail('words-missing', 'Say which law makes you keep it.', 'Write it down, then state it.', {
      words: 'Say which law.',
    });
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getGrantRow(tx, actor.home, grant);
    if (!row || row.is_mine)
      return fail('grant-unknown', 'Nobody gave you that.', 'Look at what was shared with you.');
    if (row.state !== 'stopped')
      return fail('grant-state', 'That is still shared with you.', 'State it when it is not any more.');
    const content = { grants: [grant], deletedAt: deps.clock.now(), what, words, until: last };
    const record = await actIn(tx, deps, row.rel, 'settle', 'grant-deleted', content);
    return record.ok ? ok({ record: record.value }) : record;
  });
}
