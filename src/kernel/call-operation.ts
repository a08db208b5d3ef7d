import type { z } from 'zod';
import { inWords } from './in-words.ts';
import type { Actor, Operation } from './operation.ts';
import { type Failure, fail, type Result } from './result.ts';

/**
 * The one way in for every door: who may, then the input's schema, then the use case.
 * Fails with `sign-in-needed`, `operator-only`, `scope-missing`, `person-needed` or `input-invalid` before anything
 * runs.
 */
export async function callOperation<Deps>(
  operation: Operation<Deps>,
  deps: Deps,
  actor: Actor,
  input: unknown,
): Promise<Result<unknown>> {
  const refused = refuseCaller(operation, actor);
  if (refused) return refused;
  const parsed = operation.input.safeParse(input ?? {}, { error: inWords });
  if (!parsed.success) return inputFailure(parsed.error);
  return operation.run(deps, actor, parsed.data);
}

/** Why this caller may not call it at all; doors that take files ask before they take one. */
export function refuseCaller<Deps>(operation: Operation<Deps>, actor: Actor): Failure | undefined {
  if (operation.who === 'party' && actor.home === undefined) {
    return fail('sign-in-needed', 'This needs somebody to act as.', 'Sign in, or say who with --as.');
  }
  if (operation.who === 'somebody' && actor.home === undefined && !actor.isOperator) {
    return fail('sign-in-needed', 'This needs somebody of this node.', 'Sign in first.');
  }
  if (operation.who === 'operator' && !actor.isOperator) {
    return fail('operator-only', 'Only the person who runs this node may do that.', 'Do it on that machine.');
  }
  if (actor.scopes === undefined) return undefined;
  if (operation.isPersonal) {
    return fail('person-needed', 'No program may do that with a token.', 'Do it yourself, signed in.');
  }
  if (actor.scopes.includes(operation.effect)) return undefined;
  const what = `something that ${operation.effect}`;
  return fail('scope-missing', `This token may not do ${what}.`, 'Make a token with that scope.');
}

/** The fields that do not fit, each with a sentence, never with the value that was given: what they are called is for programs. */
function inputFailure(error: z.ZodError): Failure {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.') || 'input';
    fields[path] ??= issue.message;
  }
  return fail(
    'input-invalid',
    'Something that was filled in does not fit.',
    'Correct it and try again.',
    fields,
  );
}
