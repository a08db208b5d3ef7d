import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { type Failure, isFailure, ok, type Result, type Success } from './result.ts';
import { id, page } from './schema.ts';

/** What an act on many takes. */
export const Many = z.object({
  ids: z.array(id).min(1).max(LIMITS.manyAtOnce).describe('Which ones; at most 1,000 in one call.'),
});

/** What an act on many answers: to which it was done, and to which not and why. */
export const Told = z.object({
  done: z.array(id),
  not: z.array(z.object({ id, code: z.string(), message: z.string(), next: z.string() })),
});
export type Told = z.output<typeof Told>;

/** Added to the page of a list whose rows can be acted on together. */
export const pageOrIds = {
  ...page,
  idsOnly: z
    .boolean()
    .default(false)
    .describe('Answer ids in place of rows, 1,000 at a time, to act on all that fit.'),
};
export const idsOfPage = {
  ids: z.array(id).optional().describe('In place of rows, when only ids were asked for.'),
};

/** How many rows are looked up for a page. */
export function sizeOf(input: { readonly idsOnly: boolean; readonly limit: number }): number {
  return input.idsOnly ? LIMITS.manyAtOnce : input.limit;
}

/**
 * Acts on each in one transaction. What cannot be done to one hinders no other, so an act that fails must have written
 * nothing.
 */
export async function actOnEach(
  ids: readonly string[],
  act: (id: string) => Promise<Failure | Result<unknown> | undefined>,
): Promise<Success<Told>> {
  const told: Told = { done: [], not: [] };
  for (const one of new Set(ids)) {
    const result = await act(one);
    if (isFailure(result)) {
      const { code, message, next } = result;
      told.not.push({ id: one, code, message, next });
    } else told.done.push(one);
  }
  return ok(told);
}
