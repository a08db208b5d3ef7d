import type { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { letGo } from './lanes.ts';
import { OUTBOX } from './send.ts';
import { changeStuck, type DeliveryId, notStuck } from './stuck.ts';

/** Tries again now, also what was given up. */
export function retryDelivery(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof DeliveryId>,
): Promise<Result<Record<string, never>>> {
  return deps.storage.transact(actor.home, (tx) => tryAgain(tx, deps, input.delivery));
}

/** Tries one again; fails with `delivery-not-stuck`. */
export async function tryAgain(
  tx: Tx,
  deps: BaseDeps,
  delivery: string,
): Promise<Result<Record<string, never>>> {
  const now = deps.clock.now();
  const lane = await changeStuck(tx, delivery, { state: 'saved', attempts: 0, next_at: now });
  if (!lane) return notStuck();
  await letGo(tx, lane, now);
  tx.wake(OUTBOX);
  return ok({});
}
