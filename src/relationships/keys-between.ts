import { z } from 'zod';
import { instant } from '../kernel/schema.ts';
import { conflictsOf, getCounterpart, keyLogOf, stateOf } from '../parties/index.ts';
import type { View } from '../storage/index.ts';
import { comparisonCode } from './comparison-rules.ts';
import type { RelationshipRow } from './model.ts';

export const Keys = z.object({
  code: z
    .string()
    .describe('The same on both screens while both know the same of each other’s keys: compare it.'),
  mine: z.object({
    changes: z.int().min(0).describe('How often my keys have changed here.'),
    changedAt: instant.optional(),
  }),
  theirs: z.object({
    changes: z.int().min(0),
    changedAt: instant.optional(),
    host: z.string().describe('The node at which they are reached.'),
    isConfirmed: z.boolean().describe('That I have compared the code since their last change.'),
    conflicts: z
      .int()
      .min(0)
      .describe('Changes that contradict theirs: somebody else may have a key of theirs.'),
  }),
});
export type Keys = z.infer<typeof Keys>;

/** The keys that both know each other by, and what has become of them; undefined before the other side is known. */
export async function keysBetween(
  view: View,
  row: RelationshipRow,
): Promise<{ keys: Keys; head: string } | undefined> {
  const home = row.home_id;
  const theirs = row.theirs === null ? undefined : await getCounterpart(view, home, row.theirs);
  const mine = await keyLogOf(view, home, row.mine);
  if (!theirs || !mine) return undefined;
  const [state, log] = [await stateOf(view, home, theirs), await keyLogOf(view, home, theirs.id)];
  const keys: Keys = {
    code: comparisonCode(mine.state, state),
    mine: { changes: mine.state.number, ...(mine.changedAt !== undefined && { changedAt: mine.changedAt }) },
    theirs: {
      changes: state.number,
      ...(log?.changedAt !== undefined && { changedAt: log.changedAt }),
      host: theirs.host,
      isConfirmed: theirs.confirmed_head === state.head,
      conflicts: await conflictsOf(view, home, theirs.id),
    },
  };
  return { keys, head: state.head };
}
