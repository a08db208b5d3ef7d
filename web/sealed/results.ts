import type { Result, Failure as Told } from '../../device/index.ts';
import { Failed, type Failure } from '../api/failure.ts';

/** What a device could not do, as pages show what the node could not. */
export function failureHere({ code, message, next, fields }: Told): Failure {
  return { code, message, next, ...(fields ? { fields: { ...fields } } : {}) };
}

/** The value of what a device answers, or its failure thrown, as pages expect it of the node. */
export function taken<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Failed(failureHere(result));
}
