import type { Kysely } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { assert, type Failure, isFailure, ok, type Result } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import { type BaseDeps, insertRows, prepared, type Tx } from '../storage/index.ts';
import { receiptOctets } from './envelope.ts';
import { COME_AGAIN, type DeliveryTables, type Envelope, type InboxHandler, type Receipt } from './model.ts';
import { afterRefusal, FOREIGN, NOT_YET, PAUSED, TOO_LONG, UNKNOWN } from './rules.ts';

type Again = typeof COME_AGAIN;

/** A receipt is kept as long as its envelope may come again, so nobody may ask for longer than any sender needs. */
const LONGEST_MS = 2 * LIMITS.envelopeLifetimeMs;

/** Handlers by the type of message they take. */
export type Handlers<Deps extends BaseDeps> = ReadonlyMap<string, InboxHandler<Deps>>;

/** The public key that signed for an envelope, or a neighbour on the same node, who needs none. */
export type SignedBy = Uint8Array | 'neighbour';

/**
 * Takes an envelope into a home: what it causes and the receipt commit together, so that it has its effect once
 * however often it comes. Answers the receipt's octets. Fails, and keeps nothing, with `record-out-of-order` and with
 * `sender-foreign`: an envelope under a name that is not its signer's must not take the place of the real one.
 */
export async function receive<Deps extends BaseDeps>(
  deps: Deps,
  handlers: Handlers<Deps>,
  home: HomeId,
  envelope: Envelope,
  signedBy: SignedBy,
): Promise<Result<Uint8Array>> {
  const outcome = await deps.storage.transact(home, async (tx): Promise<Uint8Array | Failure | Again> => {
    // Within the transaction: what is taken in after the pause would not be in the archive that moves.
    if ((await getPartyRow(tx, home))?.paused_at) return refusal(PAUSED);
    const before = await storedReceipt(tx, envelope);
    if (before?.path === envelope.to) return before.receipt;
    const handler = handlers.get(envelope.type);
    if (!handler) return refusal(UNKNOWN);
    if (signedBy !== 'neighbour' && !(await handler.isSpeaker(tx, deps, envelope, signedBy)))
      return refusal(FOREIGN);
    // Sent on to another path of the same identity; at any other one, whose speaker this is not, it counts as unknown.
    if (before) return before.receipt;
    const late = outOfTime(envelope, deps.clock.now());
    if (late) return refusal(late);
    const result = await handler.receive(tx, deps, envelope);
    if (isFailure(result)) return result;
    if (result.value === COME_AGAIN) return COME_AGAIN;
    return keepReceipt(tx, deps, envelope, resultOf(result.value));
  });
  if ('verdict' in outcome) return refusal(NOT_YET);
  if (!isFailure(outcome)) return ok(outcome);
  const answer = afterRefusal(outcome.code);
  if (answer === 'again') return outcome;
  if (answer === 'untraced') return ok(refusedNow(deps, envelope, outcome.code));
  // What the handler wrote is rolled back; only the refusal is kept.
  return ok(
    await deps.storage.transact(
      home,
      async (tx) =>
        (await storedReceipt(tx, envelope))?.receipt ??
        (await keepReceipt(tx, deps, envelope, { result: 'refused', code: outcome.code })),
    ),
  );
}

function resultOf(value: unknown): Pick<Receipt, 'result' | 'code'> {
  const isRefused = typeof value === 'object' && value !== null && 'verdict' in value && 'code' in value;
  return isRefused ? { result: 'refused', code: String(value.code) } : { result: 'acted' };
}

/** A refusal that leaves no trace here. */
export function refusedNow(deps: BaseDeps, envelope: Pick<Envelope, 'id'>, code: string): Uint8Array {
  return receiptOctets({ v: 1, id: envelope.id, result: 'refused', code, at: deps.clock.now() });
}

function refusal(code: string): Failure {
  return { ok: false, code, message: 'The message was refused.', next: '' };
}

const stored = prepared((db: Kysely<DeliveryTables>, it: { home: HomeId; sender: string; id: string }) =>
  db
    .selectFrom('inbox')
    .select(['receipt', 'path'])
    .where('home_id', '=', it.home)
    .where('sender', '=', it.sender)
    .where('id', '=', it.id),
);

async function storedReceipt(
  tx: Tx,
  envelope: Envelope,
): Promise<{ receipt: Uint8Array; path: string } | undefined> {
  return (await stored(tx, { home: tx.home, sender: envelope.from, id: envelope.id }))[0];
}

/** Why an envelope is not taken at this time; undefined when it is. */
export function outOfTime({ exp }: Envelope, now: Instant): string | undefined {
  if (exp > now + LONGEST_MS) return TOO_LONG;
  return now > exp ? 'message-expired' : undefined;
}

async function keepReceipt(
  tx: Tx,
  deps: BaseDeps,
  envelope: Envelope,
  outcome: Pick<Receipt, 'result' | 'code'>,
): Promise<Uint8Array> {
  const [receipt] = await keepReceipts(tx, deps, [envelope], outcome);
  assert(receipt, 'each envelope has its receipt');
  return receipt;
}

/** Keeps what was done about envelopes, the same about each; answers the receipts' octets. */
export async function keepReceipts(
  tx: Tx,
  deps: BaseDeps,
  envelopes: readonly Envelope[],
  outcome: Pick<Receipt, 'result' | 'code'>,
): Promise<Uint8Array[]> {
  const at = deps.clock.now();
  const rows = envelopes.map((it): DeliveryTables['inbox'] => ({
    home_id: tx.home,
    sender: it.from,
    id: it.id,
    type: it.type,
    path: it.to,
    received_at: at,
    expires_at: it.exp,
    receipt: receiptOctets({ v: 1, id: it.id, ...outcome, at }),
  }));
  await insertRows(tx, 'inbox', rows);
  return rows.map((row) => row.receipt);
}
