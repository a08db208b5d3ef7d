import { nameInMemory } from './passphrase.ts';
import type { Surroundings, Whose } from './surroundings.ts';

/**
 * What a device remembers once its owner has agreed that nothing is sealed, since a node that was set back and one that hides it
 * look alike: one that hides it would be sent the code on paper, or show a vault from any time later on. It holds until the party
 * is gone; a vault that is begun here, or accepted as it is shown, is remembered itself.
 */

type Kept = Pick<Surroundings, 'memory'>;

/** Whose it is; where nobody is signed in, only the handle is known. */
export type Named = Pick<Whose, 'handle'> & { readonly home?: string | undefined };

/** Under the handle too, since only the node says which home has it. */
export function namesOfNone({ handle, home }: Named): readonly string[] {
  const byHandle = `node:had-sealed|${nameInMemory(handle)}`;
  return home === undefined ? [byHandle] : [byHandle, `had-sealed:${home}`];
}

export async function rememberNone({ memory }: Kept, whose: Named): Promise<void> {
  for (const name of namesOfNone(whose)) {
    await memory.remember(name, { counter: 0, digest: '', root: 0, isSplit: true });
  }
}

export async function isNoneAgreed({ memory }: Kept, whose: Named): Promise<boolean> {
  for (const name of namesOfNone(whose)) if (await memory.recall(name)) return true;
  return false;
}

export async function forgetNone({ memory }: Kept, whose: Named): Promise<void> {
  for (const name of namesOfNone(whose)) await memory.forget(name);
}
