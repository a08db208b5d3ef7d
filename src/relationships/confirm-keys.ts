import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { confirmCounterpart } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Keys, keysBetween } from './keys-between.ts';
import { RelationshipId } from './lifecycle.ts';
import { getRelationshipRow } from './store.ts';

export const ConfirmKeys = RelationshipId.extend({
  code: z.string().max(100).describe('The code as it stood when you compared it with the other side.'),
});
export const KeysConfirmed = z.object({ keys: Keys });

/**
 * Notes that I have compared the code with the other side and that it is the same. Fails with `keys-unknown` before they
 * have signed, and with `code-differs` when it is not the code in force, as when their keys have just changed.
 */
export async function confirmKeys(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ConfirmKeys>,
): Promise<Result<z.output<typeof KeysConfirmed>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getRelationshipRow(tx, tx.home, input.relationship);
    if (!row.ok) return row;
    const between = await keysBetween(tx, row.value);
    if (!between || row.value.theirs === null) {
      return fail('keys-unknown', 'The other side has not signed yet.', 'Compare when it has.');
    }
    if (digitsOf(input.code) !== digitsOf(between.keys.code)) {
      return fail(
        'code-differs',
        'That is not the code of this relationship now. Nothing was noted.',
        'Ask the other side, over the telephone or face to face, what their screen says. Where one of you has moved, it differs until the other’s node has heard of it, some hours later; where one of you runs an older Parley, until that is renewed. If it stays different, trust nothing here.',
        { code: 'This is another code.' },
      );
    }
    await confirmCounterpart(tx, row.value.theirs, between.head);
    const after = await keysBetween(tx, row.value);
    return ok({ keys: (after ?? between).keys });
  });
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}
