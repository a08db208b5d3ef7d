import type { Kysely } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import { type HomeId, newTimedId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Random } from '../kernel/random.ts';
import { assert, must } from '../kernel/result.ts';
import type { Speaker } from '../parties/index.ts';
import { type BaseDeps, insertRows, prepared, type Tx, tables } from '../storage/index.ts';
import { envelopeOctets, readEnvelope } from './envelope.ts';
import type { DeliveryTables, Destination, Envelope, OutboxRow } from './model.ts';

/** The topic that wakes the courier after a commit. */
export const OUTBOX = 'outbox';

export interface Outgoing {
  readonly to: Destination;
  readonly as: Speaker;
  readonly type: string;
  readonly body: JsonObject;
  /** The thing beside which its state is shown. */
  readonly about?: string;
  /** True when others that get the like at the same moment must not find the same time in it. */
  readonly isBlurred?: boolean;
  /** It does not leave before; at once when left out. */
  readonly notBefore?: Instant;
  /** It says which keys this identity of mine has now: whatever it says next lets the notice leave, and follows it. */
  readonly noticeOf?: string;
  /** Nobody here asked for it: it lets no notice leave, and waits for its hour instead. */
  readonly isAutomatic?: boolean;
}

/** Milliseconds by which a blurred time may be early. */
const BLUR_MS = 600_000;

/** A notice that is let go has so long a start before what its speaker says. */
const AHEAD_MS = 2_000;

/** Puts an envelope into the outbox of this transaction's home; it leaves only if the transaction commits. */
export async function send(tx: Tx, deps: BaseDeps, outgoing: Outgoing): Promise<string> {
  const now = deps.clock.now();
  const { to, as, type } = outgoing;
  const leaves = await whenItLeaves(tx, deps, outgoing);
  const written = outgoing.isBlurred ? leaves - early(deps.random) : leaves;
  const envelope: Envelope = {
    v: 1,
    // Its time stands in it too; in their order they stay together in every index, however many there are.
    id: newTimedId(written, deps.random),
    from: as.name,
    to: to.inbox,
    type,
    iat: written,
    exp: written + LIMITS.envelopeLifetimeMs,
    body: outgoing.body,
  };
  const octets = envelopeOctets(envelope);
  assert(octets.length <= LIMITS.envelopeBytes, 'an envelope is within its limit');
  const row: OutboxRow = {
    home_id: tx.home,
    id: envelope.id,
    position: await nextNumber(tx, 'outbox'),
    sender: as.name,
    signer: as.signer,
    host: to.host,
    path: to.inbox,
    peer_key: to.key ?? null,
    type,
    about: outgoing.noticeOf === undefined ? (outgoing.about ?? null) : noticeBy(outgoing.noticeOf),
    octets,
    state: 'saved',
    attempts: 0,
    next_at: leaves,
    expires_at: envelope.exp,
    saved_at: now,
    sent_at: null,
    received_at: null,
    problem: null,
    receipt: null,
  };
  await insertRows(tx, 'outbox', [row]);
  tx.wake(OUTBOX);
  return envelope.id;
}

/** What notices of an identity are about; nothing else is about that. */
const noticeBy = (identity: string): string => `notice/${identity}`;

const waitingNotices = prepared(
  (db: Kysely<DeliveryTables>, it: { home: HomeId; about: string; now: Instant }) =>
    db
      .selectFrom('outbox')
      .select(['id', 'octets', 'next_at'])
      .where('home_id', '=', it.home)
      .where('about', '=', it.about)
      .where('state', '=', 'saved')
      .where('next_at', '>', it.now)
      .where('attempts', '=', 0),
);

/**
 * A notice leaves at its hour, after any earlier one; what is said meanwhile in the name of the same identity lets them go
 * and follows them, or, when nobody here asked for it, waits as well.
 */
async function whenItLeaves(tx: Tx, deps: BaseDeps, outgoing: Outgoing): Promise<Instant> {
  const now = deps.clock.now();
  const planned = Math.max(outgoing.notBefore ?? now, now);
  const identity = outgoing.noticeOf ?? identityOf(outgoing.as.signer);
  if (identity === undefined) return planned;
  const waiting = await waitingNotices(tx, { home: tx.home, about: noticeBy(identity), now });
  if (waiting.length === 0) return planned;
  if (outgoing.noticeOf !== undefined || outgoing.isAutomatic)
    return Math.max(planned, ...waiting.map((it) => it.next_at + AHEAD_MS));
  for (const { id, octets } of waiting) await leaveNow(tx, deps, id, octets);
  return Math.max(planned, now + AHEAD_MS);
}

/** The identity that speaks with the key it has now; one that speaks with a key of before needs no notice. */
function identityOf(signer: string): string | undefined {
  return /^identity\/([^@]+)$/.exec(signer)?.[1];
}

async function leaveNow(tx: Tx, deps: BaseDeps, id: string, octets: Uint8Array): Promise<void> {
  const now = deps.clock.now();
  const iat = now - early(deps.random);
  const envelope = { ...must(readEnvelope(octets)), iat, exp: iat + LIMITS.envelopeLifetimeMs };
  await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ next_at: now, octets: envelopeOctets(envelope), expires_at: envelope.exp })
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

function early(random: Random): number {
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return ((a << 16) | (b << 8) | c) % BLUR_MS;
}

const counted = prepared((db: Kysely<DeliveryTables>, it: { home: HomeId; name: string }) =>
  db
    .insertInto('counters')
    .values({ home_id: it.home, name: it.name, value: 1 })
    .onConflict((c) =>
      c.columns(['home_id', 'name']).doUpdateSet((e) => ({ value: e('counters.value', '+', 1) })),
    )
    .returning('value'),
);

/** The next number of a counter of this home, from 1. */
export async function nextNumber(tx: Tx, name: string): Promise<number> {
  const [row] = await counted(tx, { home: tx.home, name });
  assert(row, 'a counter answers its value');
  return row.value;
}
