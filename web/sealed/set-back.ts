import {
  acceptVault,
  type By,
  changesMissing,
  forgetVault,
  type Vault,
  type Whose,
} from '../../device/index.ts';
import { tellForgotten } from './keeper.ts';
import { openAs } from './open.ts';
import { taken } from './results.ts';
import { here } from './surroundings.ts';

/** By how many changes the node shows less than this device has seen; undefined where nobody can tell. Throws `Failed`. */
export async function missingHere(whose: Whose): Promise<number | undefined> {
  return taken(await changesMissing(here, whose));
}

/** Opens what is sealed as the node shows it, whatever this device has seen of it. Throws `Failed`. */
export async function acceptHere(whose: Whose, by: By): Promise<Vault> {
  return openAs(taken(await acceptVault(here, whose, by)));
}

/** Forgets that this party has sealed anything: it is gone, or the node is from before that. */
export async function forgetHere(of: { readonly handle: string; readonly home?: string }): Promise<void> {
  await forgetVault(here, of);
  tellForgotten();
}
