import { categoryInTheClear, closedHere, refuseInTheClear, type Whose } from '../../device/index.ts';
import { actingHandle } from '../api/acting.ts';
import { askNode } from '../api/client.ts';
import { Failed } from '../api/failure.ts';
import type { In, Name } from '../api/operations.ts';
import type { ItemCategory } from '../api/shapes.ts';
import { failureHere } from './results.ts';
import { here, isSomebodyKnown } from './surroundings.ts';

/** Refuses what this browser remembers that only devices open: what is open here never comes to this. Throws `Failed`. */
export async function refuseOpenly<N extends Name>(name: N, input: In<N>): Promise<void> {
  const category = categoryInTheClear(name, { ...(input as object) }); // every input is an object
  if (category === undefined || !(await isSomebodyKnown())) return;
  const party = (await askNode('who-am-i', {})).acting;
  const refused = await refuseInTheClear(
    here,
    named({ home: party?.id ?? '', handle: party?.handle ?? '' }),
    category,
  );
  if (refused) throw new Failed(failureHere(refused));
}

/** The kinds that this browser remembers to be sealed of somebody. */
export function rememberedOf(whose: Whose): Promise<readonly ItemCategory[]> {
  return closedHere(here, named(whose));
}

/** Whom this tab acts as is believed before the node. */
const named = ({ home, handle }: Whose): Whose => ({ home, handle: actingHandle() ?? handle });
