import { z } from 'zod';
import { ok, type Result } from '../kernel/result.ts';
import { Terms } from './model.ts';
import { ROSTER, ROSTER_NOTICE } from './roster.ts';

export const Roster = z.object({
  rows: z.array(Terms),
  /** Whose wording this is; to be shown with it. */
  notice: z.string(),
});

/** Every set of terms there is, from the strictest on. */
export async function listRoster(): Promise<Result<z.output<typeof Roster>>> {
  const rows = ROSTER.map((terms) => {
    return { ...terms, plain: [...terms.plain], aliases: [...terms.aliases] };
  });
  return ok({ rows, notice: ROSTER_NOTICE });
}
