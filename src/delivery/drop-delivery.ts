import type { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { letGo } from './lanes.ts';
import { OUTBOX } from './send.ts';
import { changeStuck, type DeliveryId, findOutgoing, notStuck } from './stuck.ts';

/** Gives up on it for good; what follows it to the same recipient goes on. */
export function dropDelivery(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof DeliveryId>,
): Promise<Result<Record<string, never>>> {
  return deps.storage.transact(actor.home, (tx) => drop(tx, deps, input.delivery));
}

/** Gives up on one; fails with `delivery-needed`, `delivery-not-stuck`. */
export async function drop(tx: Tx, deps: BaseDeps, delivery: string): Promise<Result<Record<string, never>>> {
  if (await isNeeded(tx, delivery)) {
    return fail(
      'delivery-needed',
      'What follows to the same party stands on this one; it cannot be left out.',
      'Try it again, or end the relationship.',
    );
  }
  const lane = await changeStuck(tx, delivery, { state: 'dropped', octets: new Uint8Array(0) });
  if (!lane) return notStuck();
  await letGo(tx, lane, deps.clock.now());
  tx.wake(OUTBOX);
  return ok({});
}

/** What follows waits for them: records and changes of keys stand in a chain, an agreement and a question for their answer. */
const NEEDED = [
  ...['record', 'accept', 'agreement-signed', 'agreement-refused', 'heads-wanted', 'records-told'],
  ...['identity-changed', 'storefront-moved'],
];

async function isNeeded(tx: Tx, delivery: string): Promise<boolean> {
  const row = await findOutgoing(tx, delivery);
  return row !== undefined && NEEDED.includes(row.type);
}
