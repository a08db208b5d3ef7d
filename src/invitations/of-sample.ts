import { type Failure, fail } from '../kernel/result.ts';

/** The sample market's parties are invented: nobody real meets them but in the sample. */
export function ofSample(): Failure {
  return fail('sample-stays', 'Parties of the sample market invite nobody.', 'Act as yourself.');
}
