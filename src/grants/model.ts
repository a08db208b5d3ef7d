import { z } from 'zod';
import { id, instant, line, text } from '../kernel/schema.ts';
import { DeletionStated, OpenedBy, Times } from './content.ts';

export const GrantState = z.enum(['planned', 'active', 'stopped', 'expired']);
export type GrantState = z.infer<typeof GrantState>;

/** What whoever had it says of its deletion. */
const Deletion = z.object({
  what: DeletionStated,
  at: instant,
  words: text.optional(),
  keptUntil: instant.optional(),
});

/** One named item of data, for a purpose, to one party, until a date. */
export const Grant = z.object({
  id,
  relationship: id,
  isMine: z.boolean(),
  property: line,
  label: line,
  value: z.string().optional().describe('Of what is mine; what is theirs is opened by open-grant.'),
  item: id.optional(),
  purpose: text,
  until: instant.optional(),
  isEndless: z
    .boolean()
    .describe('No end was named: it is shared until somebody stops it or the relationship ends.'),
  times: Times.optional().describe(
    'How often it may be opened, newer values included; as often as they like, when it is absent. Their program keeps to it; nothing forces them.',
  ),
  follows: z.boolean().describe('Whether newer values are given too; else this value alone.'),
  version: z.int().optional().describe('How often a value was given under it.'),
  isReadable: z
    .boolean()
    .describe('It was given to or by a Parley that knows no keys: it lies readable on both sides.'),
  since: instant.optional(),
  stoppedAt: instant.optional(),
  stoppedBy: z.enum(['mine', 'theirs', 'time', 'count']).optional(),
  state: GrantState,
  openings: z
    .object({ count: z.int().min(0), lastAt: instant.optional(), lastBy: OpenedBy.optional() })
    .describe('As whoever has it signed them; what is copied elsewhere nobody can count.'),
  deletion: Deletion.optional(),
});
export type Grant = z.infer<typeof Grant>;

export interface GrantRow {
  home_id: string;
  id: string;
  rel: string;
  is_mine: boolean;
  property: string;
  label: string;
  /** Only of what was planned before grants were keys. */
  value: string | null;
  item: string | null;
  purpose: string;
  until_at: number | null;
  state: 'planned' | 'active' | 'stopped';
  since_at: number | null;
  stopped_at: number | null;
  /** The record that gave it. */
  record: string | null;
  /** Of the value in force, from 1; null for what is planned, and for what was given readable. */
  version: number | null;
  epoch: number | null;
  /** The record with the value in force, when that is a newer one; its body is erased as the other's is. */
  carrier: string | null;
  /** While it is planned: the value, sealed for myself. */
  planned: Uint8Array | null;
  is_following: boolean | null;
  /** How often it may be opened; null for no such number. */
  times: number | null;
  item_version: number | null;
  /** `count`: it was opened as often as it may be. */
  stopped_by: 'mine' | 'theirs' | 'time' | 'count' | null;
  stop_record: string | null;
  /** Openings that are told in the chain, and those that are not yet. */
  opens: number;
  untold: number;
  opened_at: number | null;
  opened_by: z.infer<typeof OpenedBy> | null;
  told_at: number | null;
  /** `due`: it is erased here, and that is still to be said. */
  deletion: DeletionStated | 'due' | null;
  deleted_at: number | null;
  deletion_words: string | null;
  kept_until: number | null;
}

export interface GrantTables {
  grants: GrantRow;
  /** Keys that the other sides have announced, by the places of the records. */
  sealing_keys: { home_id: string; rel: string; place: number; public_key: string; reads: number | null };
  /** Relationships in which my key is to be announced, from when on; null for a time that is still to be drawn. */
  sealing_due: { home_id: string; rel: string; at: number | null };
}
