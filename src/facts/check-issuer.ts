import { z } from 'zod';
import { lookUpParty, readAddress } from '../discovery/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { instant, line } from '../kernel/schema.ts';
import type { NetworkDeps } from '../network/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { FACT_LIMITS } from './limits.ts';
import { issuersOf, putIssuer } from './store.ts';

export const CheckIssuer = z.object({
  address: z
    .string()
    .max(300)
    .refine((text) => readAddress(text) !== undefined, 'Write it as name@host.')
    .describe('The public name of whoever issues proofs.'),
});
export const CheckedIssuer = z.object({ address: z.string(), name: line, checkedAt: instant });

/**
 * Asks the node of a public name for its keys, and keeps them: from then on proofs of that name are held against these. That
 * node learns that this one asked, and nothing of any proof. Fails as `find-party` does, and with `issuers-full`.
 */
export async function checkIssuer(
  deps: BaseDeps & NetworkDeps,
  actor: PartyActor,
  { address }: z.output<typeof CheckIssuer>,
): Promise<Result<z.output<typeof CheckedIssuer>>> {
  const looked = await lookUpParty(deps, address);
  if (!looked.ok) return looked;
  const { found, keys } = looked.value;
  const row = {
    ...{ address: found.address, did: found.did, name: found.name },
    ...{ keys: JSON.stringify(keys), checked_at: deps.clock.now() },
  };
  return deps.storage.transact(actor.home, async (tx) => {
    const known = await issuersOf(tx, tx.home);
    if (known.length >= FACT_LIMITS.issuers && !known.some((it) => it.address === row.address))
      return fail('issuers-full', 'No more issuers are kept here.', 'Use those that are.');
    await putIssuer(tx, row);
    return ok({ address: row.address, name: row.name, checkedAt: row.checked_at });
  });
}
