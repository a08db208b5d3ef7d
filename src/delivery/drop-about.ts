import type { Instant } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/json.ts';
import { type Tx, tables } from '../storage/index.ts';
import { readEnvelope } from './envelope.ts';
import { letGo } from './lanes.ts';
import { type DeliveryTables, UNFINISHED } from './model.ts';
import { OUTBOX } from './send.ts';

/** What is not sent any more is not kept either: taking something back would not reach it here. */
const DROPPED = { state: 'dropped', octets: new Uint8Array(0) } as const;

/** What was given up of a type about this makes way for what is sent in its place. */
export async function dropGivenUp(tx: Tx, type: string, about: string): Promise<void> {
  await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set(DROPPED)
    .where('home_id', '=', tx.home)
    .where('about', '=', about)
    .where('type', '=', type)
    .where('state', '=', 'dead')
    .execute();
}

/** What waits to be sent about these things is not sent any more; what stands behind it goes on. */
export async function dropAbout(tx: Tx, about: readonly string[], now: Instant): Promise<void> {
  if (about.length === 0) return;
  const dropped = await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set(DROPPED)
    .where('home_id', '=', tx.home)
    .where('about', 'in', about)
    .where('state', 'in', ['saved', 'dead'])
    .returning(['sender', 'path'])
    .execute();
  for (const lane of dropped) await letGo(tx, lane, now);
  tx.wake(OUTBOX);
}

/** Which envelopes that have not arrived are looked at: by their type, and by who sends them or what they are about. */
interface Unsent {
  readonly type: string;
  readonly by: { readonly sender: string } | { readonly about: string };
}

/** Of envelopes that have not arrived, those that carry something do not leave any more; what stands behind them goes on. Answers how many those were. */
export async function dropCarrying(
  tx: Tx,
  { type, by }: Unsent,
  carries: (body: JsonObject) => boolean,
  now: Instant,
): Promise<number> {
  const unsent = tables<DeliveryTables>(tx)
    .selectFrom('outbox')
    .select(['id', 'sender', 'path', 'octets'])
    .where('home_id', '=', tx.home)
    .where('type', '=', type)
    .where(UNFINISHED);
  const rows = await ('sender' in by
    ? unsent.where('sender', '=', by.sender)
    : unsent.where('about', '=', by.about)
  ).execute();
  let dropped = 0;
  for (const { id, octets, ...lane } of rows) {
    const envelope = readEnvelope(octets);
    if (!envelope.ok || !carries(envelope.value.body)) continue;
    await tables<DeliveryTables>(tx)
      .updateTable('outbox')
      .set(DROPPED)
      .where('home_id', '=', tx.home)
      .where('id', '=', id)
      .execute();
    await letGo(tx, lane, now);
    tx.wake(OUTBOX);
    dropped++;
  }
  return dropped;
}
