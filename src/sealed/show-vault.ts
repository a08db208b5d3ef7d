import { z } from 'zod';
import { countFilesIn } from '../files/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { instant } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Category, countServed, modesOf } from '../vault/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import { CategoryStands, HowPassphrase, SealedObject } from './model.ts';
import { howOf } from './prepare-sign-in.ts';
import { countFrom, getVault, namesFrom, objectsOf } from './store.ts';

export const VaultShown = z.object({
  vault: z
    .object({ counter: z.int().min(1), statement: z.string(), madeAt: instant })
    .optional()
    .describe('Absent before the first category is sealed.'),
  ways: z.array(SealedObject),
  categories: z.array(CategoryStands),
  passphrase: HowPassphrase,
});

/** How my vault stands: its counter and statement, what opens it, and who reads which category. */
export async function showVault(
  deps: BaseDeps,
  { home }: PartyActor,
): Promise<Result<z.output<typeof VaultShown>>> {
  return deps.storage.read(async (view) => {
    const vault = await getVault(view, home);
    const modes = await modesOf(view, home);
    const served = new Map(await countServed(view, home));
    served.set('file', await countFilesIn(view, home, 'served'));
    const names = await namesFrom(view, home, 'way/', undefined, SEALED_LIMITS.namesAtOnce);
    const ways = await objectsOf(
      view,
      home,
      names.map((it) => it.name),
    );
    const categories: z.output<typeof CategoryStands>[] = [];
    for (const category of Category.options) {
      const sealed = await countFrom(view, home, `block/${category}/`);
      const mode = modes.get(category) ?? 'served';
      categories.push({ category, mode, served: served.get(category) ?? 0, sealed });
    }
    return ok({
      ...(vault && {
        vault: { counter: vault.counter, statement: toBase64url(vault.statement), madeAt: vault.made_at },
      }),
      ways: [...ways].map(([name, octets]) => ({ name, octets: toBase64url(octets) })),
      categories,
      passphrase: await howOf(view, home),
    });
  });
}
