/** What the server answers when something expected went wrong; see kernel/result.ts for the same shape. */
export interface Failure {
  code: string;
  message: string;
  next: string;
  fields?: Record<string, string>;
}

/** Carries a Failure through places that only know thrown errors, such as queries. */
export class Failed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'Failed';
    this.failure = failure;
  }
}

/** The failure behind any error; a bug on this side gets a sentence too. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failed) return error.failure;
  return {
    code: 'page-broke',
    message: 'This page made a mistake.',
    next: 'Reload it, and see whether what you did is there.',
  };
}
