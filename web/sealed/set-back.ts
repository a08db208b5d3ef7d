import {
  acceptVault,
  type By,
  forgetVault,
  type SetBack,
  setBackTo,
  type Vault,
  type Whose,
} from '../../device/index.ts';
import { tellForgotten } from './keeper.ts';
import { openAs } from './open.ts';
import { taken } from './results.ts';
import { here } from './surroundings.ts';

/** What the node shows, and by how many changes it is less than this device has seen. Throws `Failed`. */
export async function setBackHere(whose: Whose): Promise<SetBack> {
  return taken(await setBackTo(here, whose));
}

/** Opens what is sealed as the node has shown it, whatever this device has seen of it. Throws `Failed`. */
export async function acceptHere(whose: Whose, by: By, shown: string): Promise<Vault> {
  return openAs(taken(await acceptVault(here, whose, by, shown)));
}

/** Forgets that this party has sealed anything: it is gone, or the node is from before that. */
export async function forgetHere(of: { readonly handle: string; readonly home?: string }): Promise<void> {
  await forgetVault(here, of);
  tellForgotten();
}
