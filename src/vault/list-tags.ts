import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { listTagRows } from './store.ts';

export const Tags = z.object({ rows: z.array(z.object({ tag: z.string(), items: z.int().min(1) })) });

/** The tags in use and how many items carry each, in alphabetical order, the first thousand. */
export async function listTags(deps: BaseDeps, actor: PartyActor): Promise<Result<z.output<typeof Tags>>> {
  return deps.storage.read(async (view) => ok({ rows: await listTagRows(view, actor.home) }));
}
