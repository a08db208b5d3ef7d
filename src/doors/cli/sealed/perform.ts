import type { Surroundings } from '../../../../device/index.ts';
import { callOperation } from '../../../kernel/call-operation.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { Operation } from '../../../kernel/operation.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Way } from '../way.ts';
import type { DeviceDeps } from './acts.ts';
import { memoryIn } from './memory.ts';
import { secretsFrom } from './secrets.ts';
import { changeHere, splitInput, takesPassphrase } from './split-input.ts';
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

function openDevice({ way, as, node, memoryFile }: Device): Result<Surroundings> {
  const memory = memoryIn(memoryFile, node);
  return memory.ok ? ok(surroundingsOf(way, as, memory.value)) : memory;
}

/** Does on this device what the node could not, asking the node for what it keeps. */
export async function performHere(
  operation: Operation<DeviceDeps>,
  input: object,
  device: Device,
): Promise<Result<unknown>> {
  const { way, as, here, out, tell, show } = device;
  const s = openDevice(device);
  if (!s.ok) return s;
  const whose = await whoseOf(way, as);
  if (!whose.ok) return whose;
  const deps = { s: s.value, whose: whose.value, secrets: secretsFrom(here), here, out, tell, show };
  return callOperation(operation, deps, { home: whose.value.home, isOperator: true }, input);
}

/**
 * What becomes of the input of an operation of the node that takes a passphrase: what may be sent in its place, or, where
 * the vault has to follow, what came of doing it all here.
 */
export async function withPassphrase(
  operation: string,
  input: JsonObject,
  device: Device,
): Promise<Result<{ readonly input: JsonObject } | { readonly done: unknown }>> {
  if (!takesPassphrase(operation)) return ok({ input });
  const s = openDevice(device);
  if (!s.ok) return s;
  const whose = () => whoseOf(device.way, device.as ?? named(input));
  const handle = named(input);
  const acting = handle === undefined ? await whose() : undefined;
  if (acting && !acting.ok) return acting;
  const by = handle ?? acting?.value.handle ?? '';
  const changed = await changeHere(s.value, operation, by, whose, input);
  if (changed) return changed.ok ? ok({ done: changed.value }) : changed;
  const split = await splitInput(s.value, operation, by, input);
  return split.ok ? ok({ input: split.value }) : split;
}

function named({ handle }: JsonObject): string | undefined {
  return typeof handle === 'string' ? handle : undefined;
}
