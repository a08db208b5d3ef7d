import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import { countLook, getSecrets, homeOfHandle, howSplit } from '../parties/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import type { HowPassphrase } from './model.ts';

export const PrepareSignIn = z.object({ handle });

/**
 * What becomes of a passphrase before it is sent: nothing, or what a device makes of it. A handle that is not known here is
 * told as one whose passphrase is sent. Fails with `too-many-attempts`.
 */
export async function prepareSignIn(
  deps: BaseDeps,
  actor: Actor,
  input: z.output<typeof PrepareSignIn>,
): Promise<Result<HowPassphrase>> {
  const counted = await countLook(deps, actor);
  if (counted) return counted;
  return deps.storage.read(async (view) => {
    const home = await homeOfHandle(view, input.handle);
    return ok(await howOf(view, home));
  });
}

export async function howOf(view: View, home: string | undefined): Promise<HowPassphrase> {
  const secrets = home === undefined ? undefined : await getSecrets(view, home);
  const split = secrets && howSplit(secrets);
  return split ? { how: 'here', salt: split.salt, cost: { ...split.cost } } : { how: 'at-the-node' };
}
