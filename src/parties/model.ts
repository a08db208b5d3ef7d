import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import { handle, id, instant, line } from '../kernel/schema.ts';

export const passphrase = z
  .string()
  .min(LIMITS.passphraseMinChars, `Use at least ${LIMITS.passphraseMinChars} characters.`)
  .max(LIMITS.passphraseMaxChars, `Keep it under ${LIMITS.passphraseMaxChars} characters.`);

export const PartyKind = z.enum(['person', 'organisation', 'market']);
export type PartyKind = z.infer<typeof PartyKind>;

export const Party = z.object({
  id,
  handle,
  name: line,
  kind: PartyKind,
  isSample: z.boolean(),
  /** Whether the recovery code has been shown and written down. */
  recovery: z.enum(['unseen', 'shown']),
  createdAt: instant,
});
export type Party = z.infer<typeof Party>;

/** A party as its row says it. */
export interface PartyRow {
  home_id: string;
  handle: string;
  name: string;
  kind: PartyKind;
  /** The sample market this party belongs to; null for everybody real. */
  sample: string | null;
  created_at: number;
  /** Set on an imported copy: it signs nothing until it is taken into use. */
  paused_at: number | null;
  /** The next unused position in the derivation of pairwise identities. */
  next_position: number;
}

export interface SecretsRow {
  home_id: string;
  /** The served secret, sealed under the node's key: the node may act on standing instructions. */
  served: Uint8Array;
  /** How often it was renewed; null for never. Those before are in `past_served`. */
  served_number: number | null;
  /** The party's secret, sealed under the passphrase (argon2id). */
  wrapped: Uint8Array;
  salt: Uint8Array;
  /** The argon2id cost of `wrapped`, as JSON. */
  cost: string;
  /** The party's secret, sealed under the recovery code. */
  recovery_wrapped: Uint8Array;
  recovery_shown_at: number | null;
  /** The recovery code sealed under the node's key until its owner has written it down; then erased. */
  recovery_code: Uint8Array | null;
}

export interface IdentityRow {
  home_id: string;
  id: string;
  position: number;
  purpose: string;
  inbox: string;
  /** Public key (base64url) with which the node signs for this identity. */
  node_key: string;
  /** The inception document as JSON of its wire form. */
  document: string;
  created_at: number;
}

export interface CounterpartRow {
  home_id: string;
  id: string;
  node_key: string;
  host: string;
  inbox: string;
  document: string;
  met_at: number;
  /** The entry of their key log that was the last when I compared; null for none. */
  confirmed_head: string | null;
}

/** One entry of a key log after its inception. */
export interface IdentityChangeRow {
  home_id: string;
  identity: string;
  number: number;
  is_mine: boolean;
  /** The change as JSON of its wire form. */
  document: string;
  at: number;
}

export interface PartyTables {
  parties: PartyRow;
  handles: { home_id: string; handle: string; party: string };
  party_secrets: SecretsRow;
  /** Served secrets before the one in force, sealed under the node's key, by how often they had been renewed. */
  past_served: { home_id: string; number: number; past_served: Uint8Array };
  /** Addresses that an identity had before, and the number of the served secret that its key then came from. */
  past_inboxes: { home_id: string; inbox: string; identity: string; served_number: number };
  recovery_commitments: { home_id: string; position: number; commitment: string };
  identities: IdentityRow;
  counterparts: CounterpartRow;
  identity_changes: IdentityChangeRow;
  /** Changes that contradict the log: proof that somebody else has a key of theirs, or that they say two things. */
  identity_conflicts: { home_id: string; id: string; identity: string; document: string; at: number };
}

/** The node is a party too: handles and sessions are its rows. */
export const NODE_HOME = 'node';
