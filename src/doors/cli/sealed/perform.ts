import {
  categoryInTheClear,
  forgetVault,
  inputToSend,
  refuseInTheClear,
  type Surroundings,
  secretsIn,
  type Whose,
} from '../../../../device/index.ts';
import { callOperation } from '../../../kernel/call-operation.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { Operation } from '../../../kernel/operation.ts';
import { type Failure, ok, type Result } from '../../../kernel/result.ts';
import type { Way } from '../way.ts';
import type { DeviceDeps } from './acts.ts';
import { type FileMemory, memoryIn } from './memory.ts';
import { secretsFrom } from './secrets.ts';
import { changeHere } from './split-input.ts';
import { surroundingsOf, whoseOf } from './surroundings.ts';

/** The command line as a device of somebody. */
export interface Device {
  readonly way: Way;
  readonly as: string | undefined;
  readonly here: string;
  readonly out: string | undefined;
  /** Tells handles of one node from those of another. */
  readonly node: string;
  readonly memoryFile: string;
  readonly tell: (progress: string) => void;
  readonly show: (text: string) => void;
}

type Opened = Surroundings & { readonly memory: FileMemory };

function openDevice({ way, as, node, memoryFile }: Device): Result<Opened> {
  const memory = memoryIn(memoryFile, node);
  return memory.ok ? ok({ ...surroundingsOf(way, as, memory.value), memory: memory.value }) : memory;
}

const NOBODY: Whose = { home: '', handle: '' };

/** Does on this device what the node could not, asking the node for what it keeps. */
export async function performHere(
  operation: Operation<DeviceDeps>,
  input: object,
  device: Device,
): Promise<Result<unknown>> {
  const { way, as, here, out, tell, show } = device;
  const s = openDevice(device);
  if (!s.ok) return s;
  const whose = operation.who === 'party' ? await whoseOf(way, as) : ok(NOBODY);
  if (!whose.ok) return whose;
  const deps = { s: s.value, whose: whose.value, secrets: secretsFrom(here), here, out, tell, show };
  return callOperation(operation, deps, { home: whose.value.home, isOperator: true }, input);
}

/** What is sent in the place of what was typed, and what this device does once the node has done its part. */
interface Sent {
  readonly input: JsonObject;
  readonly after?: () => Promise<void>;
}

/**
 * What becomes of the input of an operation of the node: what may be sent in its place, or, where the vault has to follow, what
 * came of doing it all here.
 */
export async function onItsWay(
  operation: string,
  input: JsonObject,
  device: Device,
): Promise<Result<Sent | { readonly done: unknown }>> {
  const shut = await refuseOpenly(operation, input, device);
  if (shut) return shut;
  if (secretsIn(operation, input).length === 0) return ok({ input });
  const s = openDevice(device);
  if (!s.ok) return s;
  const typed = typeof input.handle === 'string' ? input.handle : undefined;
  const whose = () => whoseOf(device.way, device.as ?? typed);
  const isOfSomebody = operation !== 'create-party';
  const acting = typed === undefined && isOfSomebody ? await whose() : undefined;
  if (acting && !acting.ok) return acting;
  const handle = typed ?? acting?.value.handle;
  const changed =
    handle === undefined ? undefined : await changeHere(s.value, operation, handle, whose, input);
  if (changed) return changed.ok ? ok({ done: changed.value }) : changed;
  const isSaid = typed !== undefined || device.as !== undefined;
  const { isSomebodyKnown } = s.value.memory;
  const asked = { handle, home: acting?.value.home, isSaid, isSomebodyKnown };
  const sent = await inputToSend(s.value, operation, input, asked);
  if (!sent.ok) return sent;
  const gone = operation === 'remove-party' ? acting?.value : undefined;
  return ok({
    input: sent.value as JsonObject, // what was JSON, with other texts in some fields
    ...(gone && { after: () => forgetVault(s.value, gone) }),
  });
}

/** What this device remembers to be of those that only devices open is not sent in the clear, nor are words of it. */
export async function refuseOpenly(
  operation: string,
  input: object,
  device: Device,
): Promise<Failure | undefined> {
  const category = categoryInTheClear(operation, { ...input });
  if (category === undefined) return undefined;
  const s = openDevice(device);
  if (!s.ok) return s;
  if (!(await s.value.memory.isSomebodyKnown())) return undefined;
  const whose = await whoseOf(device.way, device.as);
  return whose.ok ? refuseInTheClear(s.value, whose.value, category) : whose;
}
