import { isSound } from '../files/index.ts';
import type { Findings } from './findings.ts';
import type { Row } from './model.ts';

/** A file says how long it is and how many parts it has; of one that was erased neither means anything any more. */
export function checkFile(row: Row, place: string, findings: Findings): void {
  if (row.state === 'erased') return;
  const { octets, parts } = row;
  const isNumbers = typeof octets === 'number' && typeof parts === 'number';
  if (!isNumbers || !isSound({ octets, parts })) findings.problem(place, 'file-malformed');
}
