import { z } from 'zod';
import { type Operation, partyOperation } from '../../../kernel/operation.ts';
import type { DeviceDeps } from './acts.ts';

export const room = 'on this device';

export const reach = {
  passphraseFile: z.string().optional().describe('A file with your passphrase; asked for when left out.'),
};

type Definition<In extends z.ZodType, Out extends z.ZodType> = Omit<
  Parameters<typeof partyOperation<DeviceDeps, In, Out>>[0],
  'room'
>;

/** What the command line does by itself, and the node runs none of. */
export function onDevice<In extends z.ZodType, Out extends z.ZodType>(
  definition: Definition<In, Out>,
): Operation<DeviceDeps> {
  return { ...partyOperation<DeviceDeps, In, Out>({ ...definition, room }), runs: 'device' };
}
