import { closedHere, refuseInTheClear, type Whose } from '../../device/index.ts';
import { actingHandle } from '../api/acting.ts';
import { askNode } from '../api/client.ts';
import { Failed } from '../api/failure.ts';
import type { In } from '../api/operations.ts';
import { failureHere } from './results.ts';
import { here, isSomebodyKnown } from './surroundings.ts';

/** Refuses what this browser remembers that only devices open: what is open here never comes to this. Throws `Failed`. */
export async function refusePut({ property }: In<'put-item'>): Promise<void> {
  if (!(await isSomebodyKnown())) return;
  const party = (await askNode('who-am-i', {})).acting;
  const refused = await refuseInTheClear(
    here,
    named({ home: party?.id ?? '', handle: party?.handle ?? '' }),
    property,
  );
  if (refused) throw new Failed(failureHere(refused));
}

/** The kinds that this browser remembers to be sealed of somebody. */
export function rememberedOf(whose: Whose): Promise<readonly string[]> {
  return closedHere(here, named(whose));
}

/** Whom this tab acts as is believed before the node. */
const named = ({ home, handle }: Whose): Whose => ({ home, handle: actingHandle() ?? handle });
