import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { tagsIn } from './find.ts';
import { headsOf } from './heads.ts';
import { VAULT_LIMITS } from './limits.ts';

export const Tags = z.object({ rows: z.array(z.object({ tag: z.string(), items: z.int().min(1) })) });

/** The tags in use and how many items carry each, in alphabetical order, the first thousand. */
export async function listTags(deps: BaseDeps, actor: PartyActor): Promise<Result<z.output<typeof Tags>>> {
  return deps.storage.read(async (view) =>
    ok({ rows: tagsIn(await headsOf(view, deps, actor.home), VAULT_LIMITS.tagsListed) }),
  );
}
