import type { PartyActor } from '../kernel/operation.ts';
import type { Failure } from '../kernel/result.ts';
import { fileSealed } from './failures.ts';
import type { FileRow } from './model.ts';

/** What is sealed goes between the node and its owner's devices alone: no program with a token sees, changes or begins it. */
export function refuseProgram({ scopes }: PartyActor, { mode }: Pick<FileRow, 'mode'>): Failure | undefined {
  return mode === 'sealed' && scopes !== undefined ? fileSealed() : undefined;
}
