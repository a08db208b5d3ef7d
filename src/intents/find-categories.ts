import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { IntentDeps } from './deps.ts';

const FOUND_AT_MOST = 30;

export const FindCategories = z.object({
  search: z.string().max(LIMITS.sentenceChars).describe('Words for it, or the id of a category.'),
});
export const FoundCategories = z.object({ rows: z.array(z.object({ id: z.string(), path: z.string() })) });

/** Categories that these words may mean, the likeliest first. */
export async function findCategories(
  deps: IntentDeps,
  _actor: PartyActor,
  input: z.output<typeof FindCategories>,
): Promise<Result<z.output<typeof FoundCategories>>> {
  const found = deps.categories.search(input.search, FOUND_AT_MOST).map((hit) => hit.id);
  const ids = new Set([input.search.trim(), ...found]);
  const rows = [...ids].flatMap((id) => {
    const category = deps.categories.get(id);
    return category ? [{ id, path: category.path }] : [];
  });
  return ok({ rows });
}
