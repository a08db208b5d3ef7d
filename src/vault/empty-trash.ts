import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { eraseTrashed } from './store.ts';

export const Emptied = z.object({ erased: z.int().min(0) });

/** Erases everything in the trash with its history, now; nothing can bring it back. */
export async function emptyTrash(
  deps: BaseDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof Emptied>>> {
  return deps.storage.transact(actor.home, async (tx) =>
    ok({ erased: await eraseTrashed(tx, deps, deps.clock.now()) }),
  );
}
