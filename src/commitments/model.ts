import { z } from 'zod';
import { amount, civilDate, id, instant, line, text } from '../kernel/schema.ts';

/** promised -> done (by its doer) -> confirmed (by the other side), who says how it was kept. */
export const CommitmentState = z.enum(['promised', 'done', 'confirmed']);
export type CommitmentState = z.infer<typeof CommitmentState>;

/** late: kept after its day; repaired: broken first, then put right; broken: not kept. */
export const Outcome = z.enum(['kept', 'late', 'repaired', 'broken']);
export type Outcome = z.infer<typeof Outcome>;

export const Commitment = z.object({
  id,
  relationship: id,
  isMine: z.boolean(),
  what: line,
  amount,
  due: civilDate.optional(),
  state: CommitmentState,
  outcome: Outcome.optional(),
  doneAt: instant.optional(),
  settledAt: instant.optional(),
  note: text,
});
export type Commitment = z.infer<typeof Commitment>;

export interface CommitmentRow {
  home_id: string;
  /** `<relationship>:<position>`: the same for both sides. */
  id: string;
  rel: string;
  position: number;
  is_mine: boolean;
  what: string;
  unit: string;
  value_amount: bigint;
  due_day: string | null;
  state: CommitmentState;
  done_at: number | null;
  settled_at: number | null;
  outcome: Outcome | null;
  note: string;
}

export interface ReviewRow {
  home_id: string;
  rel: string;
  is_mine: boolean;
  outcome: Outcome;
  words: string;
  record: string;
  at: number;
}

export interface CommitmentTables {
  commitments: CommitmentRow;
  reviews: ReviewRow;
}
