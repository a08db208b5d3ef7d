import type { Instant } from '../kernel/clock.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { type Address, asOneUse, makeInboxPath, NODE_HOME, oneUseKey } from '../parties/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { receiptOctets } from './envelope.ts';
import { BOX_LIMITS } from './limits.ts';
import type { DeliveryTables, Envelope } from './model.ts';
import { nextNumber } from './send.ts';

/** The topic that wakes the collector after a commit. */
export const BOXES = 'boxes';

/** A box is named by the thumbprint of its key, so that nobody has to be asked to open one. */
const MARK = '~';

/** Whether an inbox path is a box, in which letters wait for whoever has its key. */
export function isBox(path: string): boolean {
  return path.startsWith(MARK);
}

export function boxOf(kid: string): string {
  return `${MARK}${kid}`;
}

/**
 * Where answers to something that is said once may come: a path of this node when the one who answers lives here, else
 * a box at their own node, so that they need not learn which node asked. The key of this one-use name opens it.
 */
export async function replyAddress(
  tx: Tx,
  deps: BaseDeps,
  host: string,
  name: string,
  until: Instant,
): Promise<Address> {
  if (deps.ownHosts.has(host)) {
    return { host: deps.host, inbox: makeInboxPath(deps.nodeKey, tx.home, deps.random) };
  }
  const speaker = asOneUse(await oneUseKey(tx, deps, name), name);
  const inbox = boxOf(speaker.name);
  const now = deps.clock.now();
  await tables<DeliveryTables>(tx)
    .insertInto('drop_boxes')
    .values({
      home_id: tx.home,
      box: inbox,
      host,
      signer: speaker.signer,
      read_to: 0,
      looked: 0,
      look_at: now + BOX_LIMITS.firstLookMs,
      until_at: until,
    })
    .onConflict((c) => c.columns(['home_id', 'box']).doUpdateSet({ looked: 0, look_at: now }))
    .execute();
  tx.wake(BOXES);
  return { host, inbox };
}

/**
 * Keeps a letter of a party of this node for whoever has the key of the box; `kept` says that it waits, and nothing of
 * whether it was read. The transaction is the node's. Fails with `box-full`.
 */
export async function keepLetter(
  tx: Tx,
  deps: BaseDeps,
  envelope: Envelope,
  octets: Uint8Array,
  senderKey: Uint8Array,
): Promise<Result<Uint8Array>> {
  assert(tx.home === NODE_HOME, 'boxes are the node’s');
  const db = tables<DeliveryTables>(tx);
  const now = deps.clock.now();
  const known = await db
    .selectFrom('drop_letters')
    .select(['sender', 'id', 'kept_at'])
    .where('home_id', '=', tx.home)
    .where('box', '=', envelope.to)
    .execute();
  const before = known.find((it) => it.id === envelope.id && it.sender === envelope.from);
  if (!before && known.length >= BOX_LIMITS.letters) {
    return fail('box-full', 'That box holds as many letters as it may.', 'It stays here and is tried again.');
  }
  if (!before) {
    await db
      .insertInto('drop_letters')
      .values({
        home_id: tx.home,
        box: envelope.to,
        position: await nextNumber(tx, 'drop-letters'),
        sender: envelope.from,
        id: envelope.id,
        sender_key: senderKey,
        octets,
        kept_at: now,
        expires_at: now + BOX_LIMITS.keptMs,
      })
      .execute();
  }
  return ok(receiptOctets({ v: 1, id: envelope.id, result: 'kept', at: before?.kept_at ?? now }));
}
