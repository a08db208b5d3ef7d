import type { Instant } from '../kernel/clock.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { malformed } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import {
  beginNegotiation,
  isOver,
  type Move,
  move,
  NAMESPACE,
  type Negotiation,
  type NegotiationParty,
} from '../terms/index.ts';
import { PROFFER_LIMITS } from './limits.ts';
import type { Interaction, Peer, ProfferRow } from './model.ts';
import { countOpen, findProffer, keepProffer } from './store.ts';

const DAY_MS = 86_400_000;

/** Between whom a move goes. */
export interface Channel {
  readonly kind: ProfferRow['kind'];
  readonly counter: string;
  readonly name: string;
  readonly isSample: boolean;
  /** The ids by which these two know each other here. */
  readonly mine: string;
  readonly theirs: string;
  readonly peer?: Peer;
}

/** A move that was signed, by me or by the other side. */
interface Signed {
  readonly channel: Channel;
  readonly isMine: boolean;
  readonly record: string;
  readonly content: Interaction;
  /** When it came here. */
  readonly now: Instant;
}

/**
 * Applies a signed move to my row of its negotiation; both sides do the same with the same octets and so stand at the
 * same state. Fails with the codes of the negotiation, `proffer-unknown`, `proffer-exists`, `proffers-full`,
 * `record-malformed`.
 */
export async function takeInteraction(tx: Tx, signed: Signed): Promise<Result<ProfferRow>> {
  const { channel, isMine, content, record } = signed;
  const before = await findProffer(tx, tx.home, content.negotiation);
  const side = before?.side ?? (isMine ? 'first' : 'second');
  const [first, second] = side === 'first' ? [channel.mine, channel.theirs] : [channel.theirs, channel.mine];
  if (content.hasFirstParty !== first || content.hasSecondParty !== second) {
    return malformed('it is between others');
  }
  if (before && (before.kind !== channel.kind || before.counter !== channel.counter)) return profferUnknown();
  const after = before ? proceed(before, signed) : await begin(tx, signed);
  if (!after.ok) return after;
  if (content.hasStatus !== NAMESPACE + after.value.state) return malformed('it states another outcome');
  const row: ProfferRow = {
    home_id: tx.home,
    id: content.negotiation,
    side,
    kind: channel.kind,
    counter: channel.counter,
    name: before?.name ?? channel.name,
    is_sample: channel.isSample,
    first_party: first,
    second_party: second,
    offer: before ? before.offer : (content.offer ?? null),
    peer: before?.peer ?? (channel.peer ? JSON.stringify(channel.peer) : null),
    negotiation: JSON.stringify(after.value),
    is_over: isOver(after.value),
    last_record: record,
    begun_at: before?.begun_at ?? signed.now,
    moved_at: signed.now,
  };
  await keepProffer(tx, row);
  return ok(row);
}

async function begin(tx: Tx, { content, now }: Signed): Promise<Result<Negotiation>> {
  if (content.move !== 'request') return profferUnknown();
  if (content.until <= now || content.until > now + PROFFER_LIMITS.daysAtMost * DAY_MS + DAY_MS) {
    return malformed('it waits for no time, or for too long');
  }
  if ((await countOpen(tx, tx.home)) >= PROFFER_LIMITS.open) {
    return fail('proffers-full', 'There are too many open proffers.', 'Answer some of them first.');
  }
  return beginNegotiation(content.hasAgreement, content.until);
}

function proceed(before: ProfferRow, { content, isMine }: Signed): Result<Negotiation> {
  const what = moveOf(content);
  if (!what) return fail('proffer-exists', 'This was proffered before.', 'Look at where it stands.');
  const other: NegotiationParty = before.side === 'first' ? 'second' : 'first';
  // Both sides judge by the time that the signer states, so that they come to the same end.
  return move(negotiationOf(before), isMine ? before.side : other, what, content.at);
}

/** The move that a signed interaction states; undefined for a request. */
function moveOf({ move: kind, hasAgreement }: Interaction): Move | undefined {
  if (kind === 'request') return undefined;
  return kind === 'decline' ? { kind } : { kind, terms: hasAgreement[0] ?? '' };
}

export function negotiationOf(row: ProfferRow): Negotiation {
  return JSON.parse(row.negotiation) as Negotiation; // takeInteraction wrote it
}

export function profferUnknown(): Result<never> {
  return fail('proffer-unknown', 'There is no such proffer.', 'Look at the list of proffers.');
}
