import { insertCommitments } from '../commitments/index.ts';
import type { Tx } from '../storage/index.ts';
import type { Agreement } from './model.ts';

/** Writes what both sides promised into my rows, under ids that both sides share. */
export async function keepPromises(tx: Tx, agreement: Agreement, mySide: 'buyer' | 'seller'): Promise<void> {
  const rows = agreement.does.map((promised, position) => ({
    id: `${agreement.rel}:${position}`,
    rel: agreement.rel,
    position,
    is_mine: promised.side === mySide,
    what: promised.what,
    unit: promised.amount.unit,
    value_amount: BigInt(promised.amount.value),
    due_day: promised.due,
    state: 'promised' as const,
    done_at: null,
    settled_at: null,
    outcome: null,
    note: '',
  }));
  await insertCommitments(tx, rows);
}
