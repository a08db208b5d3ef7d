import { callOperation } from '../kernel/call-operation.ts';
import type { Actor, Operation } from '../kernel/operation.ts';
import { type Failure, fail, type Result } from '../kernel/result.ts';
import type { Deps } from '../operations.ts';
import { databaseProblem } from '../storage/index.ts';
import type { ReportBug } from './report-bug.ts';

/** Calls an operation for a door: a database in trouble is told as such, a bug is reported and told as one. */
export async function call(
  operation: Operation<Deps>,
  deps: Deps,
  actor: Actor,
  input: unknown,
  reportBug: ReportBug,
): Promise<Result<unknown>> {
  try {
    return await callOperation(operation, deps, actor, input);
  } catch (error) {
    return failureOf(error, reportBug);
  }
}

/** The failure that stands for something thrown. */
export function failureOf(error: unknown, reportBug: ReportBug): Failure {
  const known = databaseProblem(error);
  if (known) return known;
  reportBug(error);
  return fail(
    'internal-error',
    'Something in Parley itself went wrong. Whatever had been saved before is kept.',
    'Try again; when it happens again, report what the log of the node says.',
  );
}
