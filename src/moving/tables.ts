/** Away from this node: until `handed-over` it can be undone; from then on it never acts here again. */
export type MoveState =
  | 'packing'
  | 'sending'
  | 'handed-over'
  | 'forwarding'
  | 'forgotten'
  | 'cancelled'
  | 'in-use';

/** One move of the party whose home it is: away from this node, or (`is_in`, always `in-use`) to it. */
export interface MoveRow {
  home_id: string;
  /** The invitation's id, the same on both nodes. */
  id: string;
  is_in: boolean;
  state: MoveState;
  /** The other node: its name, and the key (base64url) that it answers and hands over by. */
  host: string;
  peer_key: string;
  /** The invitation's secret, sealed under this node's key; null once nothing needs it. */
  secret: Uint8Array | null;
  /** The invitation is good until then; once forwarding, what comes is sent on until then. */
  until_at: number;
  /** Octets of the archive, how many of them are there, and its SHA-256; null before it is packed. */
  size: number | null;
  sent: number;
  sha256: string | null;
  /** Counts and hashes of its sections, as JSON. */
  summary: string | null;
  /** The signed hand-over, and the other node's last signed answer, as JSON of their wire forms. */
  hand_over: string | null;
  answer: string | null;
  /** A code: why it does not go on just now, or why it was cancelled. */
  problem: string | null;
  tries: number;
  /** When something is to be done next; null for never. */
  next_at: number | null;
  started_at: number;
  changed_at: number;
}

/** What may come and what has come for it; the last three are over, and never become anything else. */
export type InvitationState =
  | 'invited'
  | 'receiving'
  | 'checking'
  | 'arrived'
  | 'handed-over'
  | 'in-use'
  | 'refused'
  | 'cancelled'
  | 'expired';

/** An invitation of this node; the rows are the node's. */
export interface InvitationRow {
  home_id: string;
  id: string;
  state: InvitationState;
  /** Sealed under this node's key. */
  secret: Uint8Array;
  until_at: number;
  /** The node that came with it first: nobody else may go on. */
  peer_key: string | null;
  peer_host: string | null;
  party: string | null;
  /** What the party is called here, once it is. */
  handle: string | null;
  size: number | null;
  sha256: string | null;
  summary: string | null;
  hand_over: string | null;
  problem: string | null;
  made_at: number;
  changed_at: number;
}

export interface MovingTables {
  moves: MoveRow;
  move_invitations: InvitationRow;
}
