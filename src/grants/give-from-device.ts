import { z } from 'zod';
import { equalBytes, fromBase64url } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import { partyView } from '../parties/index.ts';
import { findRecord, recordToWire } from '../records/index.ts';
import { appendRecord, type RelationshipDeps, relationshipFor } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { PropertyName } from '../vault/index.ts';
import { COUNTED, SealedContent, Times } from './content.ts';
import { epochOf } from './give.ts';
import { recoveryUnseen } from './share-items.ts';
import { WireRecordShown } from './show-their-key.ts';
import { getGrantRow } from './store.ts';
import { theirLock } from './their-key.ts';

const { to, enc, key, value, epoch } = SealedContent.shape;

export const GiveFromDevice = z.object({
  relationship: id,
  grant: id.describe('Drawn by the device.'),
  property: PropertyName,
  label: line,
  purpose: text.min(1, 'Say what it is for.'),
  until: instant.optional(),
  times: Times.optional(),
  epoch,
  locked: z
    .strictObject({ to, enc, key, value })
    .describe('As it stands in the record: docs/reference/wire.md, 10.1.'),
});
export const GivenFromDevice = z.object({ grant: id, record: WireRecordShown });

/**
 * Gives what a device of mine has locked to the other side: the node signs the record around it and can open nothing of it, so
 * no newer value follows by itself. Fails with `grant-exists`, `grant-epoch`, `sealing-key-changed`, `grant-uncounted`,
 * `date-past`, `recovery-unseen`, and as speaking in a relationship does.
 */
export async function giveFromDevice(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof GiveFromDevice>,
): Promise<Result<z.output<typeof GivenFromDevice>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const open = await relationshipFor(tx, input.relationship, 'speak');
    if (!open.ok) return open;
    const { relationship: _, locked, times, until = null, ...said } = input;
    if (until !== null && until <= deps.clock.now())
      return fail('date-past', 'Sharing would have ended before it began.', 'Choose a later day.');
    if ((await partyView(tx, actor.home)).recovery === 'unseen') return recoveryUnseen();
    const wrong = await problemWith(tx, open.value, input);
    if (wrong) return wrong;
    const counted = times === undefined ? {} : { times };
    const content = { ...said, ...locked, ...counted, until, version: 1, follows: false, own: '' };
    const record = await appendRecord(
      tx,
      deps,
      open.value,
      'grant',
      content,
      times === undefined ? 2 : COUNTED,
    );
    if (isFailure(record)) return record;
    const kept = await findRecord(tx, actor.home, open.value.id, record.value);
    assert(kept, 'what was signed is kept');
    return ok({ grant: input.grant, record: recordToWire({ ...kept, body: kept.body ?? undefined }) });
  });
}

const AGAIN = 'Give it again: the device locks it anew.';

async function problemWith(
  tx: Tx,
  { id: rel, mine }: { readonly id: string; readonly mine: string },
  input: z.output<typeof GiveFromDevice>,
) {
  if (await getGrantRow(tx, tx.home, input.grant))
    return fail('grant-exists', 'That grant was given before.', AGAIN);
  const lock = await theirLock(tx, tx.home, rel);
  if (!lock || !equalBytes(lock.key, fromBase64url(input.locked.to) ?? new Uint8Array(0)))
    return fail('sealing-key-changed', 'Their key has changed meanwhile. Nothing was given.', AGAIN);
  if (input.epoch !== (await epochOf(tx, rel, mine)))
    return fail('grant-epoch', 'Something was taken back here meanwhile. Nothing was given.', AGAIN);
  return input.times !== undefined && !lock.isCounting
    ? fail(
        'grant-uncounted',
        'Their Parley counts no openings. Nothing was given.',
        'Give it without a number.',
      )
    : undefined;
}
