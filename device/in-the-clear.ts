import { type Failure, fail } from '../src/kernel/result.ts';
import { entryOf } from '../src/vault/catalogue.ts';
import type { Category } from '../src/vault/model.ts';
import { allOfKind } from './kinds.ts';
import { CATEGORIES } from './names.ts';
import { nameInMemory } from './passphrase.ts';
import { tellsOpenly } from './secret-fields.ts';
import type { Statement } from './statement.ts';
import type { Remembered, Surroundings, Whose } from './surroundings.ts';

/**
 * While a vault is shut, only what its device remembers says which categories are sealed: the node would say that none is, and be
 * sent what somebody writes there.
 */

type Kept = Pick<Surroundings, 'memory'>;

/** The categories of which the node takes nothing that it could read. */
export function closedIn({ modes }: Pick<Statement, 'modes'>): readonly Category[] {
  return CATEGORIES.filter((it) => modes[it]?.mode === 'sealed' || modes[it]?.mode === 'sealing');
}

/** Under the handle too, since only the node says which home has it; whatever is known under one is split. */
export async function rememberClosed(s: Kept, handle: string, sealed: readonly string[]): Promise<void> {
  const name = nameInMemory(handle);
  const known = await s.memory.recall(name);
  if (known?.sealed?.join() === sealed.join()) return;
  const none: Remembered = { counter: 0, digest: '', root: 0, isSplit: true };
  await s.memory.remember(name, { ...none, ...known, sealed });
}

/** What this device remembers to be sealed of somebody. */
export async function closedHere(s: Kept, { home, handle }: Whose): Promise<readonly Category[]> {
  const byHome = await s.memory.recall(home);
  const byHandle = await s.memory.recall(nameInMemory(handle));
  return CATEGORIES.filter((it) => byHome?.sealed?.includes(it) || byHandle?.sealed?.includes(it));
}

type Input = Readonly<Record<string, unknown>>;

/** The category of what an operation would tell the node in the clear; undefined where it tells nothing. */
export function categoryInTheClear(operation: string, input: Input): Category | undefined {
  if (!tellsOpenly(operation, input)) return undefined;
  return operation === 'put-item' ? entryOf(String(input.property)).category : 'file';
}

/** Why something is not given to the node: this device remembers that only devices open things like it. */
export async function refuseInTheClear(
  s: Kept,
  whose: Whose,
  category: Category,
): Promise<Failure | undefined> {
  return (await closedHere(s, whose)).includes(category) ? shutHere(category) : undefined;
}

/** One that the node can still read is changed by nobody while its category moves. */
export function categoryMoving(category: Category): Failure {
  return fail(
    'category-sealed',
    `From now on only your devices open ${allOfKind(category)}, and this item has not moved there yet. Nothing was sent.`,
    'Go on with the move, and change it then.',
  );
}

function shutHere(category: Category): Failure {
  return fail(
    'category-sealed',
    `Only your devices open ${allOfKind(category)}, as far as this one remembers. So nothing was sent.`,
    'Unlock it here first, which also tells whether the node may read it again. On the command line use put-sealed, put-sealed-file and their like, or ask with show-sealing.',
  );
}
