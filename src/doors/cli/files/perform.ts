import { callOperation } from '../../../kernel/call-operation.ts';
import type { Operation } from '../../../kernel/operation.ts';
import type { Result } from '../../../kernel/result.ts';
import { whoseOf } from '../sealed/surroundings.ts';
import type { FileReach } from './reach.ts';

/** Does a command for files on this machine, asking the node for what it takes and keeps. */
export async function performFile(
  operation: Operation<FileReach>,
  input: object,
  reach: FileReach,
): Promise<Result<unknown>> {
  const whose = await whoseOf(reach.way, reach.as);
  if (!whose.ok) return whose;
  return callOperation(operation, reach, { home: whose.value.home, isOperator: true }, input);
}
