import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { NODE_HOME } from './model.ts';
import { redeemVisitorToken } from './operators.ts';

export const ClaimNode = z.object({
  token: z.string().max(100).describe('What stands behind #token= in the address that the start printed.'),
});
export const NodeClaimed = z.object({ isOperator: z.literal(true) });

/** Makes this browser the operator's with the token printed at the start. Fails with `token-refused`. */
export async function claimNode(
  deps: BaseDeps,
  _actor: Actor,
  input: z.output<typeof ClaimNode>,
): Promise<Result<z.output<typeof NodeClaimed>>> {
  return deps.storage.transact(NODE_HOME, async (tx) =>
    (await redeemVisitorToken(tx, input.token))
      ? ok({ isOperator: true })
      : fail(
          'token-refused',
          'That token has been used, or belongs to an earlier start.',
          'Start Parley again and open the address it prints, or sign in.',
        ),
  );
}
