import {
  acceptNone,
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

interface Of {
  readonly handle: string;
  readonly home?: string;
}

/** What the node shows, and by how many changes it is less than this device has seen. Throws `Failed`. */
export async function setBackHere(whose: Whose): Promise<SetBack> {
  return taken(await setBackTo(here, whose));
}

/** Opens what is sealed as the node has shown it, whatever this device has seen of it. Throws `Failed`. */
export async function acceptHere(whose: Whose, by: By, shown: string): Promise<Vault> {
  return openAs(taken(await acceptVault(here, whose, by, shown)));
}

/** Goes on from a node that is from before this party has sealed anything. */
export async function acceptNoneHere(of: Of): Promise<void> {
  await acceptNone(here, of);
  tellForgotten();
}

/** Forgets that this party has sealed anything: it is gone. */
export async function forgetHere(of: Of): Promise<void> {
  await forgetVault(here, of);
  tellForgotten();
}
