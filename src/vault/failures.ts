import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail } from '../kernel/result.ts';
import type { Kept } from './model.ts';

export function itemUnknown(): Failure {
  return fail(
    'item-unknown',
    'There is no such item in your data, or it has left the trash.',
    'Look at the list again.',
  );
}

/** `item-changed` when the caller has seen another version than the one that is kept. */
export function changedSince(
  kept: Pick<Kept, 'version'>,
  ifVersion: number | undefined,
): Failure | undefined {
  if (ifVersion === undefined || ifVersion === kept.version) return undefined;
  return fail(
    'item-changed',
    'This item was changed somewhere else in the meantime. Nothing was overwritten.',
    'Look at the newer version, then save again if you still want to.',
  );
}

export function itemTrashed(): Failure {
  return fail('item-trashed', 'This item is in the trash.', 'Restore it first, then change it.');
}

export function itemsFull(): Failure {
  return fail(
    'items-full',
    `My data holds at most ${LIMITS.items} items, those in the trash included. Nothing was added.`,
    'Remove what you no longer need and empty the trash, then try again.',
  );
}
