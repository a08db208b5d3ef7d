/**
 * Expected failures are values: a stable code for programs, a sentence for people, and what to do next.
 * Bugs throw.
 */
export interface Failure {
  readonly ok: false;
  /** Stable, kebab-case, documented in docs/reference. */
  readonly code: string;
  /** What happened and what was kept, for a person. */
  readonly message: string;
  /** What to do next, for a person. */
  readonly next: string;
  /** Which inputs are meant, by their path, with a sentence each. */
  readonly fields?: Readonly<Record<string, string>>;
}

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T> = Success<T> | Failure;

export function ok<T>(value: T): Success<T> {
  return { ok: true, value };
}

export function fail(
  code: string,
  message: string,
  next: string,
  fields?: Readonly<Record<string, string>>,
): Failure {
  return fields ? { ok: false, code, message, next, fields } : { ok: false, code, message, next };
}

/** True for the Failure of any Result; a transaction whose body returns one is rolled back. */
export function isFailure(value: unknown): value is Failure {
  return (
    typeof value === 'object' && value !== null && 'ok' in value && value.ok === false && 'code' in value
  );
}

/** The value, or a thrown bug: for places where a failure is impossible by construction. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`impossible failure: ${result.code}`);
}

/** Throws when something that cannot be is. Stays on in production. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`broken assumption: ${what}`);
}
