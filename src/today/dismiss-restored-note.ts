import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { putCameBackAway } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';

/** Today says no more that the node came back from a backup, until it comes back from another. */
export async function dismissRestoredNote(
  deps: BaseDeps,
  actor: PartyActor,
): Promise<Result<Record<string, never>>> {
  await deps.storage.transact(actor.home, putCameBackAway);
  return ok({});
}
