import { callOperation } from '../../../kernel/call-operation.ts';
import type { Operation } from '../../../kernel/operation.ts';
import type { Result } from '../../../kernel/result.ts';
import { type Device, refuseOpenly } from '../sealed/perform.ts';
import { whoseOf } from '../sealed/surroundings.ts';
import type { FileReach } from './reach.ts';

/** Does a command for files on this machine, asking the node for what it takes and keeps. */
export async function performFile(
  operation: Operation<FileReach>,
  input: object,
  device: Device,
): Promise<Result<unknown>> {
  const shut = await refuseOpenly(operation.name, input, device);
  if (shut) return shut;
  const whose = await whoseOf(device.way, device.as);
  if (!whose.ok) return whose;
  return callOperation(operation, device, { home: whose.value.home, isOperator: true }, input);
}
