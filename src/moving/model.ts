import { z } from 'zod';
import { fromBase64url, fromUtf8 } from '../kernel/bytes.ts';
import { id, instant } from '../kernel/schema.ts';
import type { InvitationRow, MoveRow } from './tables.ts';

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const Move = z.object({
  id,
  direction: z.enum(['away', 'here']),
  /** The other node. */
  host: z.string(),
  state: z.enum([
    'packing',
    'sending',
    'handed-over',
    'forwarding',
    'forgotten',
    'cancelled',
    'invited',
    'receiving',
    'checking',
    'arrived',
    'in-use',
    'refused',
    'expired',
  ]),
  /** Where it stands, and what the person can do now. */
  message: z.string(),
  next: z.string(),
  mayCancel: z.boolean(),
  mayTakeIntoUse: z.boolean(),
  /** Octets of the archive, and how many are over there. */
  size: z.int().min(0).optional(),
  sent: z.int().min(0),
  sha256: hash.optional(),
  /** Why it does not go on just now, or why it was cancelled. */
  problem: z.string().optional(),
  until: instant,
  startedAt: instant,
  changedAt: instant,
});
export type Move = z.infer<typeof Move>;

/** A move away from this node, or one that has ended here. */
export function moveView(row: MoveRow): Move {
  const [message, next] = WORDS[row.state](row.host, handleThere(row));
  return {
    id: row.id,
    direction: row.is_in ? 'here' : 'away',
    host: row.host,
    state: row.state,
    message,
    next,
    mayCancel: row.state === 'packing' || row.state === 'sending',
    mayTakeIntoUse: false,
    ...(row.size !== null && { size: row.size }),
    sent: row.sent,
    ...(row.sha256 !== null && { sha256: row.sha256 }),
    ...(row.problem !== null && { problem: row.problem }),
    until: row.until_at,
    startedAt: row.started_at,
    changedAt: row.changed_at,
  };
}

/** What the party is called at the other node, as that has said; undefined before it has. */
function handleThere(row: MoveRow): string | undefined {
  const wire: { readonly payload?: string } = JSON.parse(row.answer ?? '{}');
  const text = fromUtf8(fromBase64url(wire.payload ?? '') ?? new Uint8Array(0));
  const said: { readonly handle?: string | null } = JSON.parse(text || '{}');
  return said.handle ?? undefined;
}

type Words = (host: string, handle: string | undefined) => readonly [string, string];

const WORDS: Readonly<Record<MoveRow['state'], Words>> = {
  packing: (host) => [
    `Everything of yours is being packed for ${host}. Nothing is signed or changed meanwhile.`,
    'Wait, or cancel: then you act here again at once.',
  ],
  sending: (host) => [
    `Your archive is on its way to ${host}, which checks it whole. Nobody acts for you meanwhile.`,
    'Wait, or cancel: then you act here again at once. A broken line is no harm, it goes on by itself.',
  ],
  'handed-over': (host, handle) => [
    `Everything of yours is at ${host}, and only that node may act for you now.`,
    `Sign in at ${host}${handle === undefined ? '' : ` as ${handle}`} with the same passphrase and take yourself into use there.`,
  ],
  forwarding: (host) => [
    `You act from ${host}. What still comes to this node is sent on there.`,
    'Here is nothing left to do: after 90 days your data is erased here, or at once with “Remove”.',
  ],
  forgotten: (host) => [`You moved to ${host}; nothing of yours is sent on from here any more.`, ''],
  cancelled: (host) => [
    `The move to ${host} was cancelled. You act from this node.`,
    'To move after all, take another invitation.',
  ],
  'in-use': (host) => [
    `You came from ${host} and act from this node. That node sends on what still comes to it.`,
    '',
  ],
};

/** A move to this node that has not ended, as the person or the operator here sees it. */
export function arrivalView(row: InvitationRow): Move {
  const host = row.peer_host ?? '';
  const [message, next] = ARRIVALS[row.state](host);
  return {
    id: row.id,
    direction: 'here',
    host,
    state: row.state,
    message,
    next,
    mayCancel: row.state === 'invited' || row.state === 'receiving' || row.state === 'arrived',
    mayTakeIntoUse: row.state === 'handed-over',
    ...(row.size !== null && { size: row.size }),
    sent: 0,
    ...(row.sha256 !== null && { sha256: row.sha256 }),
    ...(row.problem !== null && { problem: row.problem }),
    until: row.until_at,
    startedAt: row.made_at,
    changedAt: row.changed_at,
  };
}

const ARRIVALS: Readonly<Record<InvitationRow['state'], (host: string) => readonly [string, string]>> = {
  invited: () => [
    'An invitation is open; nobody has come with it yet.',
    'Give its code to whoever moves, or withdraw it.',
  ],
  receiving: (host) => [`An archive is coming from ${host}.`, 'Wait; a broken line is no harm.'],
  checking: (host) => [`Everything came from ${host} and is being checked.`, 'Wait.'],
  arrived: (host) => [
    `Everything has arrived from ${host}, as a paused copy. That node has not handed over yet.`,
    `Wait until ${host} hands over. If it cannot be reached, nothing is lost: it may still act for you.`,
  ],
  'handed-over': (host) => [
    `${host} has handed over: only this node may act for you now.`,
    'Take yourself into use here, with the passphrase you had there.',
  ],
  'in-use': (host) => [`It came from ${host} and is in use here.`, ''],
  refused: (host) => [
    `What came from ${host} was not taken, and nothing of it was kept.`,
    'Look at the reason; to try again, make another invitation.',
  ],
  cancelled: (host) => [
    `The move${host === '' ? '' : ` from ${host}`} was cancelled, and nothing of it was kept.`,
    'To try again, make another invitation.',
  ],
  expired: (host) => [
    `The invitation${host === '' ? '' : ` that ${host} came with`} has expired, and nothing of it was kept.`,
    'To try again, make another invitation.',
  ],
};
