import { z } from 'zod';
import { id, instant, line, text } from '../kernel/schema.ts';

export const GrantState = z.enum(['planned', 'active', 'stopped', 'expired']);
export type GrantState = z.infer<typeof GrantState>;

/** One named item of my data, for a purpose, to one party, until a date. Its value stands in it when it is theirs. */
export const Grant = z.object({
  id,
  relationship: id,
  isMine: z.boolean(),
  property: line,
  label: line,
  value: z.string().optional(),
  item: id.optional(),
  purpose: text,
  until: instant.optional(),
  isEndless: z
    .boolean()
    .describe('No end was named: it is shared until somebody stops it or the relationship ends.'),
  since: instant.optional(),
  stoppedAt: instant.optional(),
  state: GrantState,
});
export type Grant = z.infer<typeof Grant>;

export interface GrantRow {
  home_id: string;
  id: string;
  rel: string;
  is_mine: boolean;
  property: string;
  label: string;
  /** What was sent; erased when sharing stops. */
  value: string | null;
  item: string | null;
  purpose: string;
  until_at: number | null;
  state: 'planned' | 'active' | 'stopped';
  since_at: number | null;
  stopped_at: number | null;
  /** The record that carried it, so that its body can be erased. */
  record: string | null;
}

export interface GrantTables {
  grants: GrantRow;
}
