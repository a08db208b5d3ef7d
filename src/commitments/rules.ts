import { fail, ok, type Result } from '../kernel/result.ts';
import type { CommitmentRow, CommitmentState, Outcome } from './model.ts';

/**
 * The state after an act. Only the side that promised says done; only the other side confirms, and it may do so
 * without waiting for a done. What was late or broken can be put right afterwards: repaired is said once more. Fails with `commitment-not-yours` or `commitment-state`.
 */
export function nextCommitment(
  row: Pick<CommitmentRow, 'state' | 'is_mine' | 'outcome'>,
  act: 'fulfil' | 'confirm',
  byMe: boolean,
  outcome?: Outcome,
): Result<CommitmentState> {
  const byDoer = row.is_mine === byMe;
  if (byDoer !== (act === 'fulfil')) {
    const who =
      act === 'fulfil' ? 'Only the side that promised can say it is done.' : 'The other side confirms that.';
    return fail('commitment-not-yours', who, 'Wait for them, or write them a message.');
  }
  const isRepair = outcome === 'repaired' && (row.outcome === 'late' || row.outcome === 'broken');
  if (act === 'confirm' && isRepair) return ok('confirmed');
  if (row.state === 'confirmed' || (act === 'fulfil' && row.state === 'done')) {
    return fail('commitment-state', 'That was said already.', 'Nothing was changed.');
  }
  return ok(act === 'fulfil' ? 'done' : 'confirmed');
}
